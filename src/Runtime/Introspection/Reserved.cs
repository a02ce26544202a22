namespace Contracts.Ipc.Introspection;

/// <summary>Names of contracts that belong to the protocol. C# cannot spell them, so no contract has one by accident.</summary>
internal static class Reserved
{
    internal const char Prefix = '$';

    internal const string ServerContract = "$server";

    internal static bool IsReserved(string contract) => contract.StartsWith(Prefix);
}
