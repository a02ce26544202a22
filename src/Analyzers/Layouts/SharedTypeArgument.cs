using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>A type argument that had to be a shared struct and is none. Analyzer and code fix find it by the same steps.</summary>
internal static class SharedTypeArgument
{
    internal const string ConstraintName = "Contracts.Ipc.SharedMemory.ISharedLayout`1";

    /// <summary>The wrong type arguments of a generic name, with the places where they are written.</summary>
    internal static IEnumerable<(TypeSyntax Syntax, ITypeSymbol Type)> Find(
        SemanticModel model, GenericNameSyntax name, INamedTypeSymbol constraint, CancellationToken cancellationToken)
    {
        SymbolInfo info = model.GetSymbolInfo(name, cancellationToken);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        (IReadOnlyList<ITypeParameterSymbol> parameters, IReadOnlyList<ITypeSymbol> arguments) = symbol switch
        {
            INamedTypeSymbol type => ((IReadOnlyList<ITypeParameterSymbol>)type.TypeParameters, (IReadOnlyList<ITypeSymbol>)type.TypeArguments),
            IMethodSymbol method => (method.TypeParameters, method.TypeArguments),
            _ => ([], []),
        };
        SeparatedSyntaxList<TypeSyntax> written = name.TypeArgumentList.Arguments;
        for (int i = 0; i < Math.Min(arguments.Count, written.Count); i++)
        {
            if (Asks(parameters[i], constraint) && !written[i].IsKind(SyntaxKind.OmittedTypeArgument) && !IsShared(arguments[i], constraint))
            {
                yield return (written[i], arguments[i]);
            }
        }
    }

    /// <summary>Type arguments that the compiler inferred from what stands in the parentheses, with those places.</summary>
    internal static IEnumerable<(ExpressionSyntax Syntax, ITypeSymbol Type)> FindInferred(
        SemanticModel model, InvocationExpressionSyntax call, INamedTypeSymbol constraint, CancellationToken cancellationToken)
    {
        SymbolInfo info = model.GetSymbolInfo(call, cancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol { TypeParameters.Length: > 0 } method)
        {
            yield break;
        }

        for (int i = 0; i < method.TypeParameters.Length; i++)
        {
            if (Asks(method.TypeParameters[i], constraint) && !IsShared(method.TypeArguments[i], constraint)
                && call.ArgumentList.Arguments.FirstOrDefault(argument => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(argument.Expression, cancellationToken).Type, method.TypeArguments[i])) is { } argument)
            {
                yield return (argument.Expression, method.TypeArguments[i]);
            }
        }
    }

    /// <summary>Whether a type parameter wants a shared struct, be it by an interface of its own that wants one.</summary>
    internal static bool Asks(ITypeParameterSymbol parameter, INamedTypeSymbol constraint)
        => parameter.OriginalDefinition.ConstraintTypes.Any(type => IsOrInherits(type, constraint));

    private static bool IsOrInherits(ITypeSymbol type, INamedTypeSymbol constraint)
        => SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, constraint)
            || (type.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(inherited => SymbolEqualityComparer.Default.Equals(inherited.OriginalDefinition, constraint)));

    private static bool IsShared(ITypeSymbol type, INamedTypeSymbol constraint) => type switch
    {
        // An error of the compiler's own.
        { TypeKind: TypeKind.Error } => true,
        ITypeParameterSymbol parameter => Asks(parameter, constraint),

        // A shared struct that is refused is explained where it is declared.
        _ => (type.TypeKind == TypeKind.Struct && type.HasAttribute(AttributeNames.SharedLayout))
            || type.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, constraint)),
    };
}
