using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Finds who formats an enum: the runtime if any number will do, else a formatter that knows its values.</summary>
internal sealed class EnumParser(FormatterResolver resolver)
{
    internal Resolution Parse(INamedTypeSymbol type, string canonical)
    {
        ProblemList problems = resolver.Problems;
        if (!resolver.Symbols.IsAccessible(type))
        {
            problems.Add(ProblemKind.MessageInaccessible, type, TypeNames.Display(type));
            return Resolution.Reported;
        }

        var values = EnumValues.Of(type, resolver.Symbols);
        if (values.Problem is { } problem)
        {
            problems.Add(ProblemKind.OpenInvalid, type, TypeNames.Display(type), problem);
            return Resolution.Reported;
        }

        resolver.Facts?.AddEnum(type, values);
        resolver.Declaration.AddEnum(type, values);
        Resolution number = resolver.Resolve(type.EnumUnderlyingType!);
        return values.Openness == EnumOpenness.Open ? Unchecked(type, canonical, number) : Checked(type, canonical, number, values);
    }

    private static Resolution Unchecked(INamedTypeSymbol type, string canonical, Resolution number)
    {
        string name = $"EnumFormatter<{canonical}, {TypeNames.Canonical(type.EnumUnderlyingType!)}, {number.Formatter}>";
        return Resolution.Composed(name, number.Wire, [number]).Inlined(number.Inline, canonical);
    }

    private Resolution Checked(INamedTypeSymbol type, string canonical, Resolution number, EnumValues values)
    {
        resolver.Description.AddEnum(TypeNames.Wire(type), values.Describe()!);
        var model = new EnumFormatterModel
        {
            Namespace = resolver.Namespace,
            Name = FormatterNames.Of(canonical),
            TypeName = canonical,
            DisplayName = TypeNames.Display(type),
            Number = number.Inline,
            NumberName = TypeNames.Canonical(type.EnumUnderlyingType!),
            Known = values.Ranges,
            Replacement = values.Replacement is { } replacement ? $"{canonical}.{TypeNames.Identifier(replacement.Name)}" : null,
        };
        resolver.Emit(model, []);
        return resolver.Announce(canonical, number.Wire).WrittenInline(number.Inline, canonical);
    }
}
