namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>The families of rules; the first digit of an id says the same.</summary>
internal static class RuleCategory
{
    /// <summary>IPC1xxx: the shape of a contract and of its members.</summary>
    internal const string Contract = "Contracts.Contract";

    /// <summary>IPC2xxx: the types that travel.</summary>
    internal const string Message = "Contracts.Message";

    /// <summary>IPC3xxx: structs whose memory several processes look at.</summary>
    internal const string Layout = "Contracts.Layout";

    /// <summary>IPC4xxx: how contracts are used.</summary>
    internal const string Usage = "Contracts.Usage";

    /// <summary>IPC5xxx: what processes that were built before expect.</summary>
    internal const string Evolution = "Contracts.Evolution";
}
