using System.Globalization;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>What a message type as a whole may have wrong: IPC2021, IPC2025 to IPC2027.</summary>
internal static class MessageAdvice
{
    private const int MostKeysToName = 8;

    internal static void Check(DeclaredType type, Advice advice)
    {
        CheckGaps(type, advice);
        CheckChain(type, advice);
        CheckDefaults(type, advice);
        CheckEmpty(type, advice);
    }

    /// <summary>The keys that a message leaves out without a word, in their order.</summary>
    internal static IReadOnlyList<int> GapsOf(IEnumerable<int> keys, IEnumerable<Reservation> reservations)
    {
        HashSet<long> known = [.. keys.Select(key => (long)key), .. reservations.Select(reservation => reservation.Number).OfType<long>()];
        return [.. Enumerable.Range(0, keys.DefaultIfEmpty(-1).Max() + 1).Where(key => !known.Contains(key))];
    }

    // What is annotated for another serializer has its history there.
    private static void CheckGaps(DeclaredType type, Advice advice)
    {
        if (!type.IsArray || !type.Symbol.HasAttribute(AttributeNames.Message))
        {
            return;
        }

        IReadOnlyList<int> gaps = GapsOf(type.Members.Select(member => member.Index).OfType<int>(), Reservations.Of(type.Symbol));
        if (gaps.Count > 0)
        {
            string named = string.Join(", ", gaps.Take(MostKeysToName).Select(gap => gap.ToString(CultureInfo.InvariantCulture)));
            advice.Report(MessageAdviceRules.KeyGap, type.Symbol, type.Symbol.Name, gaps.Count > MostKeysToName ? $"{named} and {gaps.Count - MostKeysToName} more" : named);
        }
    }

    /// <summary>A list in disguise refers to the next one and to no other. A tree branches, and stays shallow.</summary>
    private static void CheckChain(DeclaredType type, Advice advice)
    {
        MessageMember[] links = [.. type.Members.Where(member => Mentions(member.Type, type.Symbol))];
        if (links.Length == 1 && SymbolEqualityComparer.Default.Equals(links[0].Type.OriginalDefinition, type.Symbol))
        {
            advice.Report(MessageAdviceRules.Chain, links[0].Symbol, type.Symbol.Name, links[0].Name);
        }
    }

    private static bool Mentions(ITypeSymbol type, INamedTypeSymbol sought) => type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType, sought),
        INamedTypeSymbol named => SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, sought) || named.TypeArguments.Any(argument => Mentions(argument, sought)),
        _ => false,
    };

    private static void CheckDefaults(DeclaredType type, Advice advice)
    {
        var problems = new ProblemList(advice.Symbols.Compilation, type.Symbol);
        if (MessageConstructor.Choose(type.Symbol, type.Members, advice.Symbols, problems) is not { Symbol: { } constructor } chosen)
        {
            return;
        }

        for (int i = 0; i < chosen.Members.Count; i++)
        {
            if (chosen.Members[i] is { } member
                && constructor.Parameters[i] is { HasExplicitDefaultValue: true } parameter
                && InitializerOf(member.Symbol) is { } initializer
                && ConstantOf(initializer) is { IsKnown: true } constant
                && !SameConstant(constant.Value, parameter.ExplicitDefaultValue))
            {
                string given = parameter.ExplicitDefaultValue is null ? "null" : DefaultValues.Literal(parameter.ExplicitDefaultValue);
                advice.Report(MessageAdviceRules.DefaultsDiffer, member.Symbol, type.Symbol.Name, member.Name, given, initializer.ToString());
            }
        }
    }

    private static ExpressionSyntax? InitializerOf(ISymbol member) => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        _ => null,
    };

    /// <summary>Literals only: everything else would have to be bound, and is seldom a default by mistake.</summary>
    private static (bool IsKnown, object? Value) ConstantOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } => default,
        LiteralExpressionSyntax literal => (true, literal.Token.Value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: { } value } } when IsNumber(value)
            => (true, -Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => default,
    };

    private static bool SameConstant(object? first, object? second)
        => IsNumber(first) && IsNumber(second)
            ? Convert.ToDouble(first, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(second, CultureInfo.InvariantCulture))
            : Equals(first, second);

    private static bool IsNumber(object? value) => value is IConvertible and not (string or bool or char or DateTime);

    private static void CheckEmpty(DeclaredType type, Advice advice)
    {
        if (type.Members.Count == 0 && type.Symbol.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && !field.IsConst && !MessageMembers.IsIgnored(field.AssociatedSymbol ?? field)))
        {
            advice.Report(MessageAdviceRules.NothingTravels, type.Symbol, type.Symbol.Name);
        }
    }
}
