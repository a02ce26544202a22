namespace Contracts.Ipc.Generators.Model;

/// <summary>What one contract contributes to the compilation: its own file and the formatters that it reaches.</summary>
internal sealed record ContractUnit(ContractModel Contract, EquatableArray<FormatterModel> Formatters);

/// <summary>The declaration that generated code extends: the contract itself, or the holder of a foreign one.</summary>
internal sealed record DeclarationModel
{
    /// <summary>The name of the generated file without extension.</summary>
    public required string FileName { get; init; }

    /// <summary>The namespace, or null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary>Headers of the types around the declaration, outermost first: <c>partial class Outer</c>.</summary>
    public required EquatableArray<string> Containers { get; init; }

    /// <summary>The header of the declaration: <c>partial interface ICalculator</c> or <c>static partial class ForeignContract</c>.</summary>
    public required string Header { get; init; }

    /// <summary>Whether the declaration is a holder for an interface that cannot be edited.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>The contract interface, fully qualified.</summary>
    public required string ContractName { get; init; }

    /// <summary>The contract interface as people call it, for comments.</summary>
    public required string DisplayName { get; init; }
}

/// <summary>An invalid contract.</summary>
internal sealed record PlaceholderModel(DeclarationModel Declaration);

/// <summary>One contract, ready to print.</summary>
internal sealed record ContractModel
{
    public required DeclarationModel Declaration { get; init; }

    /// <summary>The name on the wire.</summary>
    public required string WireName { get; init; }

    /// <summary>What travels, one fact a line.</summary>
    public required EquatableArray<string> Description { get; init; }

    /// <summary>The contract and its messages as C#, one line for each declaration.</summary>
    public required EquatableArray<string> Declared { get; init; }

    /// <summary>FNV-1a of the description.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>The name of the nested proxy class.</summary>
    public required string ProxyName { get; init; }

    /// <summary>The name of the nested class of method descriptors.</summary>
    public required string MethodsName { get; init; }

    /// <summary>The name of the nested class of stubs.</summary>
    public required string StubsName { get; init; }

    /// <summary>Whether the contract may travel as signals.</summary>
    public required bool TravelsAsSignals { get; init; }

    /// <summary>The methods in the order of the contract, inherited ones last.</summary>
    public required EquatableArray<MethodModel> Methods { get; init; }

    /// <summary>The identifiers of the methods in the order of the description.</summary>
    public required EquatableArray<string> MethodOrder { get; init; }

    /// <summary>Inherited contracts, fully qualified.</summary>
    public required EquatableArray<string> Bases { get; init; }

    /// <summary>Whether the proxy must implement <see cref="IDisposable"/>.</summary>
    public required bool IsDisposable { get; init; }

    /// <summary>Whether the proxy must implement <c>IAsyncDisposable</c>.</summary>
    public required bool IsAsyncDisposable { get; init; }
}
