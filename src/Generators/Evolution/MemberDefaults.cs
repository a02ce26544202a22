using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators.Evolution;

/// <summary>What a member is worth to a reader that did not receive it.</summary>
internal static class MemberDefaults
{
    /// <summary>
    /// A constant as <c>default</c>, anything else that is said in source as <c>initialized</c>; <c>needed</c> for a reference that may not be null and has
    /// neither.
    /// </summary>
    internal static IEnumerable<(string Name, string? Value)> Of(MessageMember member, IParameterSymbol? parameter, Compilation compilation, CancellationToken cancellationToken)
    {
        if (parameter is not null)
        {
            // A member that the constructor takes gets what the constructor says, whatever stands at the member.
            if (parameter.IsOptional)
            {
                yield return ("default", Constant(parameter));
            }
            else if (IsNeverNull(member.Type))
            {
                yield return ("needed", null);
            }

            yield break;
        }

        bool isOfOtherAssembly = !SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingAssembly, compilation.Assembly);

        // What another assembly says at its members is not in its metadata; an editor that knows its source must not know more than a build.
        if (isOfOtherAssembly)
        {
            yield break;
        }

        // null! and default! are promises to the compiler, not values.
        if (Initializer(member.Symbol, cancellationToken) is not { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } value)
        {
            if (IsNeverNull(member.Type))
            {
                yield return ("needed", null);
            }

            yield break;
        }

        // The type decides nothing here: 0 is the same number as an int and as a long.
        Optional<object?> constant = compilation.GetSemanticModel(value.SyntaxTree).GetConstantValue(value, cancellationToken);
        if (constant.HasValue)
        {
            yield return ("default", Literal(constant.Value));
        }
        else
        {
            yield return ("initialized", null);
        }
    }

    internal static string Constant(IParameterSymbol parameter)
        => Literal(parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null);

    private static string Literal(object? value) => value is null ? "null" : DefaultValues.Literal(value).Replace("global::", "");

    private static bool IsNeverNull(ITypeSymbol type) => type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };

    private static ExpressionSyntax? Initializer(ISymbol member, CancellationToken cancellationToken)
        => member.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).Select(syntax => syntax switch
        {
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            _ => null,
        }).FirstOrDefault(value => value is not null);
}
