using Contracts.Ipc.Cli.Dynamic.Types;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>One method of a contract of which only the declaration is known.</summary>
internal sealed record MethodSchema
{
    /// <summary>In C#.</summary>
    internal required string Name { get; init; }

    internal required string WireName { get; init; }

    /// <summary>One line of C#.</summary>
    internal required string Signature { get; init; }

    /// <summary>Those that travel.</summary>
    internal required IReadOnlyList<ParameterSchema> Parameters { get; init; }

    /// <summary>Null if nothing comes back.</summary>
    internal required WireType? Result { get; init; }

    internal required bool IsOneWay { get; init; }

    internal required bool IsIdempotent { get; init; }

    /// <summary>-1 for none, 0 for the connection's default.</summary>
    internal required int TimeoutMilliseconds { get; init; }

    internal required int Priority { get; init; }

    /// <summary>By their names on the wire.</summary>
    internal required IReadOnlyDictionary<string, WireType> Faults { get; init; }

    /// <summary>How many arguments a caller must give.</summary>
    internal int RequiredCount => Parameters.Select(static (parameter, index) => parameter.IsOptional ? 0 : index + 1).DefaultIfEmpty(0).Max();
}

/// <summary>A parameter that travels.</summary>
/// <param name="Name">In C#.</param>
/// <param name="Type">How it travels.</param>
/// <param name="IsOptional">Whether a caller may leave it out.</param>
/// <param name="DefaultText">What it then is, as C#; null if there is none.</param>
internal sealed record ParameterSchema(string Name, WireType Type, bool IsOptional, string? DefaultText)
{
    /// <summary>As the contract spells it.</summary>
    internal string TypeName => Type.Name;
}
