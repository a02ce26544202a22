using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>What a change means for processes that were built before it.</summary>
internal enum ChangeVerdict
{
    /// <summary>Old and new processes understand each other in both directions.</summary>
    Compatible,

    /// <summary>They do if servers are updated before their clients; or only source code that is compiled again notices.</summary>
    Warning,

    /// <summary>Some old process and some new one do not understand each other any more.</summary>
    Breaking,
}

/// <summary>Who notices a change.</summary>
internal enum ChangeEffect
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Code that is compiled against the new contract.</summary>
    Source,

    /// <summary>Nothing is refused, but something else happens than before.</summary>
    Behaviour,

    /// <summary>An old process that reads what a new one sent.</summary>
    OldReader,

    /// <summary>A new process that reads what an old one sent.</summary>
    NewReader,

    /// <summary>Old processes and new ones.</summary>
    Both,
}

/// <summary>One difference between a baseline and what stands in the source now.</summary>
/// <param name="Rule">Its number in the list of docs/versioning.md.</param>
/// <param name="Verdict">What it means.</param>
/// <param name="Effect">Who notices.</param>
/// <param name="Path">What it is about: <c>Acme.IShop.FindAsync(id)</c>, <c>Acme.Order.Title</c>.</param>
/// <param name="Sentence">What happened and what follows from it.</param>
internal sealed record ContractChange(int Rule, ChangeVerdict Verdict, ChangeEffect Effect, string Path, string Sentence)
{
    /// <summary>The line of the baseline that is not true any more; null for what is new.</summary>
    internal ContractFact? Before { get; init; }

    /// <summary>The line that is true now; null for what is gone.</summary>
    internal ContractFact? After { get; init; }

    /// <summary>The reservation that was made for what is gone.</summary>
    internal ContractFact? Reservation { get; init; }

    /// <summary>What a fix needs: the name to pin, or the reservation to make.</summary>
    internal string? Remedy { get; init; }

    public override string ToString() => $"rule {Rule}: {Verdict}: {Path}: {Sentence}";
}
