using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>The names of the runtime that generated code uses, fully qualified.</summary>
internal static class Names
{
    internal const string Services = "global::Contracts.Ipc.CompilerServices.";
    internal const string Contract = "global::Contracts.Ipc.IpcContract";
    internal const string ContractInterface = "global::Contracts.Ipc.IIpcContract";
    internal const string Writer = "global::Contracts.Ipc.Serialization.MessagePackWriter";
    internal const string Reader = "global::Contracts.Ipc.Serialization.MessagePackReader";
    internal const string Formatter = "global::Contracts.Ipc.Serialization.IMessageFormatter";
    internal const string Raw = Services + "RawMessagePack";
    internal const string Token = "global::System.Threading.CancellationToken";
    internal const string Accessor = "global::System.Runtime.CompilerServices.UnsafeAccessor";
    internal const string AccessorKind = "global::System.Runtime.CompilerServices.UnsafeAccessorKind.";

    internal static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
