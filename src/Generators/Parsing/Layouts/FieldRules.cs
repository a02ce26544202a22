using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>The rules about one field, before anybody asks where it lies.</summary>
internal static class FieldRules
{
    internal static void Check(IFieldSymbol field, LayoutProblemList problems)
    {
        if (field.RefKind != RefKind.None)
        {
            problems.Add(LayoutProblemKind.Reference, "ref " + TypeNames.Display(field.Type));
        }

        if (field.HasAttribute("System.Runtime.InteropServices.MarshalAsAttribute"))
        {
            problems.Add(LayoutProblemKind.MarshallingAttribute, "[MarshalAs]");
        }

        // A record with positional parameters says its fields as plainly as a struct does.
        if (field.AssociatedSymbol is IPropertySymbol property && !IsPositional(property))
        {
            problems.Add(LayoutProblemKind.HiddenField);
        }
    }

    internal static void CheckLeaf(ITypeSymbol type, LayoutProblemList problems)
    {
        switch (type)
        {
            case { SpecialType: SpecialType.System_Boolean }:
                problems.Add(LayoutProblemKind.Boolean);
                break;
            case { SpecialType: SpecialType.System_Char }:
                problems.Add(LayoutProblemKind.Character);
                break;
            case { SpecialType: SpecialType.System_Decimal }:
                problems.Add(LayoutProblemKind.Decimal);
                break;
            case { Name: "Int128" or "UInt128" }:
                problems.Add(LayoutProblemKind.WideInteger, TypeNames.Display(type));
                break;
            case { Name: "Rune" or "DateOnly" }:
                problems.Add(LayoutProblemKind.UncheckedBits, TypeNames.Display(type), "int");
                break;
            case { Name: "TimeOnly" }:
                problems.Add(LayoutProblemKind.UncheckedBits, TypeNames.Display(type), "long");
                break;
        }
    }

    internal static void CheckEnum(INamedTypeSymbol type, LayoutProblemList problems)
    {
        // Metadata does not tell whether the base was written; who publishes an enum in an assembly has decided.
        if (type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is EnumDeclarationSyntax { BaseList: null })
        {
            problems.Add(LayoutProblemKind.EnumWithoutBase, TypeNames.Display(type));
        }

        if (!type.HasAttribute("System.FlagsAttribute") && !type.GetMembers().OfType<IFieldSymbol>().Any(IsZero))
        {
            problems.Add(LayoutProblemKind.EnumWithoutZero, TypeNames.Display(type));
        }
    }

    private static bool IsZero(IFieldSymbol constant)
        => constant is { IsConst: true, ConstantValue: { } value } && System.Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture) == 0;

    private static bool IsPositional(IPropertySymbol property)
        => property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ParameterSyntax;
}
