using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>The parameters of one method: those that travel, and the token, which does not.</summary>
internal sealed class ParameterList(IMethodSymbol method, FormatterResolver resolver)
{
    private const string CancellationToken = "System.Threading.CancellationToken";

    internal List<ParameterModel> Models { get; } = [];

    /// <summary>What the description says of each.</summary>
    internal List<(string Wire, bool Optional)> Wire { get; } = [];

    internal string? TokenName { get; private set; }

    /// <summary>How many arguments a caller must send: all up to the last one without a default value.</summary>
    internal int RequiredCount { get; private set; }

    internal void Parse(UniqueNames locals)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            resolver.Problems.Site = parameter;
            if (parameter.RefKind != RefKind.None)
            {
                resolver.Problems.Add(ProblemKind.ParameterByRef, parameter, parameter.Name, method.Name, Modifier(parameter.RefKind));
            }
            else if (parameter.Type is INamedTypeSymbol named && TypeNames.Metadata(named) == CancellationToken)
            {
                AddToken(parameter);
            }
            else
            {
                Add(parameter, locals);
            }
        }
    }

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.Out => "out",
        RefKind.In => "in",
        RefKind.RefReadOnlyParameter => "ref readonly",
        _ => "ref",
    };

    private void AddToken(IParameterSymbol parameter)
    {
        if (TokenName is not null)
        {
            resolver.Problems.Add(ProblemKind.CancellationTokenRepeated, parameter, parameter.Name, method.Name);
        }
        else if (parameter.Ordinal != method.Parameters.Length - 1)
        {
            // Two tokens are one mistake, not two: the second is reported, wherever the first stands.
            if (!method.Parameters.Skip(parameter.Ordinal + 1).Any(other => other.Type.Name == nameof(CancellationToken)))
            {
                resolver.Problems.Add(ProblemKind.CancellationTokenNotLast, parameter, parameter.Name, method.Name);
            }
        }

        TokenName = TypeNames.Identifier(parameter.Name);
    }

    private void Add(IParameterSymbol parameter, UniqueNames locals)
    {
        if (parameter.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method })
        {
            return;
        }

        Resolution resolution = resolver.Resolve(parameter.Type, parameter, parameter.GetAttributes());
        if (resolution.Reason is { } reason)
        {
            resolver.Problems.Add(
                ProblemKind.ParameterTypeUnsupported, parameter, parameter.Name, method.Name, TypeNames.Display(parameter.Type), reason);
        }

        string? defaultValue = DefaultValues.Of(parameter);
        Models.Add(new ParameterModel
        {
            Name = TypeNames.Identifier(parameter.Name),
            LocalName = TypeNames.Identifier(locals.Take(parameter.Name)),
            Value = resolution.ToValue(parameter.Type),
            DefaultValue = defaultValue,
        });
        Wire.Add((resolution.Wire, defaultValue is not null));
        if (defaultValue is null)
        {
            RequiredCount = Models.Count;
        }
    }
}
