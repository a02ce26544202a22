using System.Globalization;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>A call that one version makes to the other, and what is expected of it.</summary>
/// <param name="Expression">The call in C#, on the contract: <c>Find("a")</c>.</param>
/// <param name="Expected">What becomes of it.</param>
/// <param name="IsDropped">Whether the other side hears nothing of it, and says nothing.</param>
internal sealed record Call(string Expression, Outcome Expected, bool IsDropped = false)
{
    /// <summary>What stands for a call that nobody received.</summary>
    internal const string Dropped = "dropped";

    /// <summary>Begins a call; what is expected follows.</summary>
    internal static CallTo To(string expression) => new(expression);

    /// <summary>A call without expectation.</summary>
    internal readonly record struct CallTo(string Expression)
    {
        /// <summary>It works.</summary>
        internal Call Gives(string text) => new(Expression, new Outcome(text, Effect.Works));

        /// <summary>It goes through and means something else.</summary>
        internal Call Misreads(string text) => new(Expression, new Outcome(text, Effect.Misreads));

        /// <summary>The other side never had the method; that is as promised.</summary>
        internal Call IsNotThereYet() => new(Expression, new Outcome(nameof(IpcErrorCode.Unimplemented), Effect.IsNew));

        /// <summary>It ends in an error.</summary>
        internal Call Fails(IpcErrorCode code) => new(Expression, new Outcome(code.ToString(), Effect.Fails));

        /// <summary>The server received it, and the caller cannot use the answer.</summary>
        internal Call FailsAfter(string received, IpcErrorCode code) => new(Expression, new Outcome(string.Create(CultureInfo.InvariantCulture, $"{received} = {code}"), Effect.Fails));

        /// <summary>A one-way call that the other side does not know: it counts it, and nobody waits.</summary>
        internal Call IsDropped(Effect effect) => new(Expression, new Outcome(Dropped, effect), IsDropped: true);
    }
}
