namespace Contracts.Ipc.Generators.Model;

/// <summary>One formatter to emit into <c>AssemblyName.IpcGenerated</c>.</summary>
internal abstract record FormatterModel
{
    /// <summary>The namespace of the formatter.</summary>
    public required string Namespace { get; init; }

    /// <summary>The formatter's own name, unique in the namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The type that is formatted, fully qualified, without nullable annotation.</summary>
    public required string TypeName { get; init; }

    /// <summary>The type as people call it, for comments.</summary>
    public required string DisplayName { get; init; }
}
