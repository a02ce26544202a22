namespace Contracts.Ipc.Generators.Model;

/// <summary>How a method hands back its result.</summary>
internal enum ReturnKind
{
    /// <summary>Synchronous, without a result.</summary>
    Void,

    /// <summary>Synchronous, with a result.</summary>
    Value,

    Task,

    TaskOfValue,

    ValueTask,

    ValueTaskOfValue,
}

/// <summary>One method of a contract.</summary>
internal sealed record MethodModel
{
    /// <summary>The method's name, escaped where it is a keyword.</summary>
    public required string Name { get; init; }

    /// <summary>Unique among the methods of the contract: names the descriptor and the stub.</summary>
    public required string Identifier { get; init; }

    /// <summary>The name of the struct of arguments; null if there are none.</summary>
    public required string? ArgumentsName { get; init; }

    public required string WireName { get; init; }

    public required ReturnKind ReturnKind { get; init; }

    /// <summary>The return type as declared.</summary>
    public required string ReturnTypeName { get; init; }

    /// <summary>The value that travels back; null if there is none.</summary>
    public required ValueModel? Result { get; init; }

    /// <summary>The parameters that travel.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>How many arguments a caller must send.</summary>
    public required int RequiredCount { get; init; }

    /// <summary>The name of the last parameter if it is a token.</summary>
    public required string? CancellationTokenName { get; init; }

    public required bool IsOneWay { get; init; }

    public required bool IsIdempotent { get; init; }

    public required int TimeoutMilliseconds { get; init; }

    public required int Priority { get; init; }

    public required EquatableArray<FaultModel> Faults { get; init; }

    /// <summary>The interfaces that declare the method, fully qualified; the stub calls through the first.</summary>
    public required EquatableArray<string> DeclaringTypes { get; init; }

    /// <summary>Whether the stub must convert the service before it calls, because the method is inherited.</summary>
    public required bool IsInherited { get; init; }

    /// <summary>Whether the proxy implements the method explicitly, because its name means something else in a class.</summary>
    public required bool IsExplicit { get; init; }

    /// <summary>Whether calling the method is an error outside obsolete code.</summary>
    public required bool IsObsoleteError { get; init; }
}

/// <summary>One parameter that travels.</summary>
internal sealed record ParameterModel
{
    /// <summary>The declared name, escaped where it is a keyword.</summary>
    public required string Name { get; init; }

    /// <summary>A name that collides with none of the names that generated code uses.</summary>
    public required string LocalName { get; init; }

    public required ValueModel Value { get; init; }

    /// <summary>The expression for a caller that did not send it; null if it must be sent.</summary>
    public required string? DefaultValue { get; init; }
}

/// <summary>A declared fault.</summary>
/// <param name="WireName">The detail's name on the wire.</param>
/// <param name="Detail">The detail.</param>
internal sealed record FaultModel(string WireName, ValueModel Detail);
