namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>What became of one call between two versions.</summary>
/// <param name="Text">What the server received, and what the caller got: <c>Find(a, 10) = 7</c>; or the code of the error.</param>
/// <param name="Effect">What that means to whoever changed the contract.</param>
internal sealed record Outcome(string Text, Effect Effect);

/// <summary>What a call between two versions does to those who rely on it.</summary>
internal enum Effect
{
    /// <summary>Everything that both versions know arrived.</summary>
    Works,

    /// <summary>The older side does not have what the newer one added, and says so; the connection lives.</summary>
    IsNew,

    /// <summary>What worked before ends in a typed error.</summary>
    Fails,

    /// <summary>It goes through, and means something else.</summary>
    Misreads,
}
