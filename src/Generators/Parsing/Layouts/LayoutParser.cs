using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>
/// Decides what a valid shared struct is, and how it lies in memory. Generator and analyzers compile this same source.
/// </summary>
internal static class LayoutParser
{
    /// <summary>Parses a struct that carries [SharedLayout].</summary>
    internal static LayoutResult Parse(INamedTypeSymbol type, KnownSymbols symbols, CancellationToken cancellationToken)
    {
        var problems = new LayoutProblemList(type);
        CheckDeclaration(type, symbols, problems);
        StructShape? shape = new LayoutCalculator(type, symbols, problems, cancellationToken).Compute();
        if (shape is not null && !problems.IsRefused && type.IsUnmanagedType)
        {
            return new LayoutResult(ToModel(type, shape), null, problems.ToImmutable());
        }

        // A constraint of the interface says unmanaged: nothing can stand in for what is not.
        bool canStandIn = type is { IsUnmanagedType: true, IsRefLikeType: false } && ContractShape.CanExtend(type, symbols);
        return new LayoutResult(null, canStandIn ? new LayoutPlaceholder(Declaration(type)) : null, problems.ToImmutable());
    }

    private static void CheckDeclaration(INamedTypeSymbol type, KnownSymbols symbols, LayoutProblemList problems)
    {
        string name = TypeNames.Display(type);
        if (symbols.LanguageVersion < KnownSymbols.MinimumLanguageVersion)
        {
            problems.AddAt(
                type,
                LayoutProblemKind.LanguageVersionTooOld,
                [Microsoft.CodeAnalysis.CSharp.LanguageVersionFacts.ToDisplayString(symbols.LanguageVersion), Microsoft.CodeAnalysis.CSharp.LanguageVersionFacts.ToDisplayString(KnownSymbols.MinimumLanguageVersion)]);
        }

        if (!ContractShape.IsPartial(type))
        {
            problems.AddAt(type, LayoutProblemKind.NotPartial, [name]);
        }

        if (type.IsRefLikeType)
        {
            problems.AddAt(type, LayoutProblemKind.Reference, [name, "ref struct"]);
        }

        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
            {
                problems.AddAt(type, LayoutProblemKind.Inaccessible, [name]);
            }

            if (outer.TypeParameters.Length > 0)
            {
                problems.AddAt(type, LayoutProblemKind.Generic, [name, TypeNames.Display(outer)]);
            }

            if (!ReferenceEquals(outer, type) && !ContractShape.IsPartial(outer))
            {
                problems.AddAt(outer, LayoutProblemKind.ContainingTypeNotPartial, [TypeNames.Display(outer), name]);
            }
        }
    }

    private static LayoutModel ToModel(INamedTypeSymbol type, StructShape shape)
    {
        List<LeafModel> leaves = LayoutLeaves.Of(shape);
        var measurements = new Measurements();
        measurements.Add(shape);
        return new LayoutModel
        {
            Declaration = Declaration(type),
            Shape = shape,
            DeclaredOffsets = LayoutCalculator.FieldsOf(type)
                .Select(field => shape.Fields.First(placed => placed.Name == LayoutProblemList.NameOf(field)).Offset)
                .ToEquatableArray(),
            Leaves = leaves.ToEquatableArray(),
            Fingerprint = Fnv1a.Hash(LayoutLeaves.Canonical(shape, leaves)),
            Measured = measurements.Fields.ToEquatableArray(),
            MeasuredTypes = measurements.Types.ToEquatableArray(),
        };
    }

    private static LayoutDeclaration Declaration(INamedTypeSymbol type)
    {
        var names = new UniqueNames(type.GetMembers().Where(member => !IsGenerated(member)).Select(member => member.Name).Append(type.Name));
        return new LayoutDeclaration
        {
            FileName = TypeNames.Metadata(type).Replace('+', '.'),
            Namespace = ContractShape.Namespace(type),
            Containers = ContractShape.Containers(type),
            Header = $"partial {ContractShape.Keyword(type)} {TypeNames.DeclaredIdentifier(type.Name)}",
            TypeName = TypeNames.Canonical(type),
            DisplayName = TypeNames.Display(type),
            Holder = names.Take("GeneratedLayout"),
        };
    }

    // The analyzers see what the generator added.
    private static bool IsGenerated(ISymbol member) => member.HasAttribute("System.CodeDom.Compiler.GeneratedCodeAttribute");
}
