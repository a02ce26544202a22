using System.Runtime.CompilerServices;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Usage;

/// <summary>The types that rules about uses know, as one compilation sees them.</summary>
internal sealed class UsageSymbols
{
    // One per compilation, shared by the analyzers. The table does not keep a compilation alive.
    private static readonly ConditionalWeakTable<Compilation, UsageSymbols> Known = new();

    private readonly INamedTypeSymbol?[] _awaitables;

    private UsageSymbols(Compilation compilation)
    {
        Service = compilation.GetTypeByMetadataName(AttributeNames.Service);
        Fault = compilation.GetTypeByMetadataName(AttributeNames.Fault);
        Connection = compilation.GetTypeByMetadataName("Contracts.Ipc.IpcConnection");
        Server = compilation.GetTypeByMetadataName("Contracts.Ipc.IpcServer");
        Process = compilation.GetTypeByMetadataName("Contracts.Ipc.IpcProcess");
        Listener = compilation.GetTypeByMetadataName("Contracts.Ipc.IpcListener");
        Endpoint = compilation.GetTypeByMetadataName("Contracts.Ipc.IpcEndpoint");
        FaultException = compilation.GetTypeByMetadataName("Contracts.Ipc.IpcFaultException`1");
        TimeSpan = compilation.GetTypeByMetadataName("System.TimeSpan");
        ValueTask = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
        ValueTaskOf = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
        _awaitables =
        [
            compilation.GetTypeByMetadataName("System.Threading.Tasks.Task"),
            compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1"),
            ValueTask,
            ValueTaskOf,
        ];
    }

    internal INamedTypeSymbol? Service { get; }

    internal INamedTypeSymbol? Fault { get; }

    internal INamedTypeSymbol? Connection { get; }

    internal INamedTypeSymbol? Server { get; }

    internal INamedTypeSymbol? Process { get; }

    internal INamedTypeSymbol? Listener { get; }

    internal INamedTypeSymbol? Endpoint { get; }

    internal INamedTypeSymbol? FaultException { get; }

    internal INamedTypeSymbol? TimeSpan { get; }

    private INamedTypeSymbol? ValueTask { get; }

    private INamedTypeSymbol? ValueTaskOf { get; }

    internal static UsageSymbols Of(Compilation compilation) => Known.GetValue(compilation, static key => new UsageSymbols(key));

    /// <summary>Whether the type is an interface marked [IpcService].</summary>
    internal bool IsContract(ITypeSymbol? type)
    {
        // Contracts have no type parameters; the interfaces of the framework that are called most have.
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Interface, IsGenericType: false })
        {
            return false;
        }

        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (Same(attribute.AttributeClass, Service))
            {
                return true;
            }
        }

        return false;
    }

    internal bool IsAwaitable(ITypeSymbol? type) => type is not null && Array.Exists(_awaitables, known => Same(type.OriginalDefinition, known));

    internal bool IsValueTask(ITypeSymbol? type) => type is not null && (Same(type, ValueTask) || Same(type.OriginalDefinition, ValueTaskOf));

    /// <summary>Whether the type is one of those of the runtime that hold a process's end of something.</summary>
    internal bool IsRuntimeObject(ITypeSymbol? type)
        => type is not null && (Same(type, Connection) || Same(type, Server) || Same(type, Process) || Same(type, Listener));

    internal static bool Same(ITypeSymbol? type, ITypeSymbol? known) => known is not null && SymbolEqualityComparer.Default.Equals(type, known);
}
