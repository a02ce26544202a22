using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Makes the model of a closed hierarchy: an interface or base class that lists its cases with [Union].</summary>
internal sealed class UnionParser(FormatterResolver resolver)
{
    internal static bool IsUnion(INamedTypeSymbol type)
        => type.TypeKind is TypeKind.Interface or TypeKind.Class && Cases(type).Any();

    internal Resolution Parse(INamedTypeSymbol type, string canonical)
    {
        ProblemList problems = resolver.Problems;
        if (!resolver.Symbols.IsAccessible(type))
        {
            problems.Add(ProblemKind.MessageInaccessible, type, TypeNames.Display(type));
            return Resolution.Reported;
        }

        string wire = TypeNames.Wire(type);
        Resolution resolution = resolver.Announce(canonical, wire);
        var cases = new List<UnionCaseModel>();
        var formatters = new List<Resolution>();
        foreach (AttributeData attribute in Cases(type))
        {
            if (ParseCase(type, attribute, cases) is { } formatter)
            {
                formatters.Add(formatter);
                resolver.Description.AddUnion(wire, cases[cases.Count - 1].Tag, formatter.Wire);
            }
        }

        (INamedTypeSymbol? fallback, string? construction) = ParseFallback(type);
        if (fallback is not null)
        {
            resolver.Description.AddOpenUnion(wire);
        }

        resolver.Facts?.AddUnion(type, fallback, cases.Zip(formatters, (item, formatter) => (item.Tag, formatter.Wire)));
        resolver.Declaration.AddUnion(type, [.. Cases(type.OriginalDefinition).Select(item => (item.Positional<int>(0), item.Positional<INamedTypeSymbol>(1)!))], fallback);
        var model = new UnionFormatterModel
        {
            Namespace = resolver.Namespace,
            Name = FormatterNames.Of(canonical),
            TypeName = canonical,
            DisplayName = TypeNames.Display(type),
            Cases = cases.OrderByDescending(item => item.Depth).ThenBy(item => item.Tag).ToEquatableArray(),
            Fallback = construction,
        };
        resolver.Emit(model, formatters);
        return resolution;
    }

    /// <summary>The type that stands for cases that are not known, and how it is made.</summary>
    private (INamedTypeSymbol? Type, string? Construction) ParseFallback(INamedTypeSymbol union)
    {
        if (union.FindAttribute(AttributeNames.Open) is not { } open)
        {
            return default;
        }

        var fallback = open.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Type } argument ? argument.Value as INamedTypeSymbol : null;
        if (fallback is { TypeKind: TypeKind.Error })
        {
            // The compiler says what is wrong.
            return default;
        }

        string? reason = fallback is null ? $"it must name the type that stands for unknown cases, such as [IpcOpen(typeof(Unknown{union.Name.TrimStart('I')}))]" : RefuseFallback(fallback, union);
        if (reason is not null)
        {
            resolver.Problems.Add(ProblemKind.OpenInvalid, union, TypeNames.Display(union), reason);
            return default;
        }

        return FallbackConstructor(fallback!) is { } constructor
            ? (fallback, $"new {TypeNames.Canonical(fallback!)}({(constructor.Parameters.Length == 1 ? "tag" : "")})")
            : default;
    }

    private string? RefuseFallback(INamedTypeSymbol type, INamedTypeSymbol union)
    {
        string display = TypeNames.Display(type);
        if (type.IsUnboundGenericType || type.IsAbstract || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !resolver.Symbols.IsAccessible(type))
        {
            return $"{display} must be a concrete class or struct that is internal or public";
        }

        if (SymbolEqualityComparer.Default.Equals(type, union) || !resolver.Symbols.Compilation.HasImplicitConversion(type, union))
        {
            return $"{display} does not derive from {TypeNames.Display(union)}";
        }

        return FallbackConstructor(type) is null
            ? $"{display} needs an internal or public constructor that takes the tag as an int, or one without parameters, and no required members"
            : null;
    }

    private IMethodSymbol? FallbackConstructor(INamedTypeSymbol type)
        => type.InstanceConstructors
            .Where(constructor => constructor.Parameters.Length <= 1
                && constructor.Parameters.All(parameter => parameter is { RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int32 }))
            .Where(resolver.Symbols.IsAccessible)
            .Where(constructor => !MessageParser.HasRequiredMembers(type) || constructor.HasAttribute("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute"))
            .OrderByDescending(constructor => constructor.Parameters.Length)
            .FirstOrDefault();

    private Resolution? ParseCase(INamedTypeSymbol union, AttributeData attribute, List<UnionCaseModel> cases)
    {
        ProblemList problems = resolver.Problems;
        int tag = attribute.Positional<int>(0);
        if (attribute.Positional<INamedTypeSymbol>(1) is not { } type)
        {
            problems.Add(ProblemKind.UnionCaseInvalid, union, TypeNames.Display(union), tag.ToString(CultureInfo.InvariantCulture), "it must be given as typeof(…)");
            return null;
        }

        string display = TypeNames.Display(type);
        if (type.IsAbstract || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            problems.Add(ProblemKind.UnionCaseInvalid, union, TypeNames.Display(union), display, "a case must be a concrete class or struct");
            return null;
        }

        if (SymbolEqualityComparer.Default.Equals(type, union) || !resolver.Symbols.Compilation.HasImplicitConversion(type, union))
        {
            problems.Add(ProblemKind.UnionCaseInvalid, union, TypeNames.Display(union), display, $"it does not derive from {TypeNames.Display(union)}");
            return null;
        }

        string canonical = TypeNames.Canonical(type);
        if (cases.Any(other => other.Tag == tag) || cases.Any(other => other.TypeName == canonical))
        {
            problems.Add(ProblemKind.UnionCaseRepeated, union, TypeNames.Display(union), cases.Any(other => other.Tag == tag) ? tag.ToString(CultureInfo.InvariantCulture) : display);
            return null;
        }

        Resolution resolution = resolver.Resolve(type);
        if (resolution.Reason is { } reason)
        {
            problems.Add(ProblemKind.UnionCaseInvalid, union, TypeNames.Display(union), display, reason);
        }

        cases.Add(new UnionCaseModel(tag, canonical, resolution.Formatter ?? "", Depth(type)));
        return resolution;
    }

    private static int Depth(INamedTypeSymbol type) => type.BaseType is { } ancestor ? 1 + Depth(ancestor) : 0;

    internal static IEnumerable<AttributeData> Cases(INamedTypeSymbol type)
        => type.FindAttributes(AttributeNames.Union).Concat(type.FindAttributes(AttributeNames.MessagePackUnion));
}
