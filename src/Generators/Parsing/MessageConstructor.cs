using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>How a message comes to be: the constructor, and for each of its parameters the member that it takes, or none.</summary>
internal sealed class MessageConstructor
{
    private MessageConstructor(IMethodSymbol? symbol, IReadOnlyList<MessageMember?> members)
    {
        Symbol = symbol;
        Members = members;
    }

    /// <summary>Null for a struct that starts as default.</summary>
    internal IMethodSymbol? Symbol { get; }

    internal IReadOnlyList<MessageMember?> Members { get; }

    /// <summary>
    /// Chooses: the marked constructor; else the one without parameters, if everything else can be set, so that absent keys keep
    /// initial values; else the longest whose parameters are all members.
    /// </summary>
    internal static MessageConstructor? Choose(INamedTypeSymbol type, IReadOnlyList<MessageMember> members, KnownSymbols symbols, ProblemList problems)
    {
        IMethodSymbol[] candidates = [.. type.InstanceConstructors.Where(constructor => IsCandidate(constructor, type, symbols))];
        if (candidates.FirstOrDefault(constructor => constructor.HasAttribute(AttributeNames.MessagePackConstructor)) is { } marked)
        {
            return Match(marked, members, symbols) ?? Refuse(type, "the marked constructor has a parameter that is no member", problems);
        }

        bool allSettable = members.All(member => member.IsSettable);
        if (allSettable && candidates.FirstOrDefault(constructor => constructor is { Parameters.Length: 0, IsImplicitlyDeclared: false } || IsDefaultOfClass(constructor)) is { } empty)
        {
            return new MessageConstructor(empty, []);
        }

        foreach (IMethodSymbol candidate in candidates.Where(constructor => constructor.Parameters.Length > 0).OrderByDescending(constructor => constructor.Parameters.Length))
        {
            if (Match(candidate, members, symbols) is { } match)
            {
                return match;
            }
        }

        if (type.IsValueType)
        {
            return new MessageConstructor(null, []);
        }

        return candidates.FirstOrDefault(constructor => constructor.Parameters.Length == 0) is { } last
            ? new MessageConstructor(last, [])
            : Refuse(type, "no public or internal constructor has parameters that are all members of the message", problems);
    }

    private static bool IsDefaultOfClass(IMethodSymbol constructor)
        => constructor.Parameters.Length == 0 && constructor.ContainingType.IsReferenceType;

    private static bool IsCandidate(IMethodSymbol constructor, INamedTypeSymbol type, KnownSymbols symbols)
    {
        bool isCopy = constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
        if (isCopy || constructor.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
        {
            return false;
        }

        // Internal constructors of other assemblies are reached through an accessor.
        return constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
            || symbols.IsAccessible(constructor)
            || constructor.HasAttribute(AttributeNames.MessagePackConstructor);
    }

    private static MessageConstructor? Match(IMethodSymbol constructor, IReadOnlyList<MessageMember> members, KnownSymbols symbols)
    {
        var matched = new List<MessageMember?>();
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            MessageMember? member = members.FirstOrDefault(candidate => Fits(candidate, parameter) && string.Equals(candidate.Name, parameter.Name, StringComparison.Ordinal))
                ?? members.FirstOrDefault(candidate => Fits(candidate, parameter) && string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
                ?? members.FirstOrDefault(candidate => Fits(candidate, parameter) && candidate.Index == parameter.Ordinal);
            if ((member is null && !parameter.IsOptional) || (member is not null && matched.Contains(member)))
            {
                return null;
            }

            matched.Add(member);
        }

        return new MessageConstructor(constructor, matched);

        bool Fits(MessageMember member, IParameterSymbol parameter)
            => symbols.Compilation.ClassifyConversion(member.Type, parameter.Type) is { IsIdentity: true } or { IsImplicit: true, IsReference: true };
    }

    private static MessageConstructor? Refuse(INamedTypeSymbol type, string reason, ProblemList problems)
    {
        problems.Add(ProblemKind.MessageConstructorUnusable, type, TypeNames.Display(type), reason);
        return null;
    }
}
