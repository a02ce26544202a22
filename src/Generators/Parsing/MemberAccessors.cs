using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Declares [UnsafeAccessor] methods for constructors and members that C# would not let generated code use. Those of one declaring
/// type share a class: accessors to a generic type must stand in a class with the same type parameters and constraints.
/// </summary>
internal sealed class MemberAccessors
{
    private readonly List<(INamedTypeSymbol Type, string ClassName, List<AccessorModel> Methods)> _classes = [];

    /// <summary>The accessor that calls a constructor.</summary>
    internal string Constructor(IMethodSymbol constructor)
    {
        IMethodSymbol definition = constructor.OriginalDefinition;
        string parameters = string.Join(", ", definition.Parameters.Select((parameter, index) => $"{TypeNames.Signature(parameter.Type)} argument{index}"));
        string type = TypeNames.Canonical(definition.ContainingType);
        return Declare(constructor.ContainingType, "Create", name => new AccessorModel("Constructor", null, $"{type} {name}({parameters})"));
    }

    /// <summary>The accessor that sets a property: takes the target and the value.</summary>
    internal string Setter(MessageMember member)
    {
        INamedTypeSymbol declaring = member.Symbol.ContainingType;
        string type = TypeNames.Signature(((IPropertySymbol)member.Symbol.OriginalDefinition).Type);
        return Declare(
            declaring, "Set" + member.Name, name => new AccessorModel("Method", member.Setter!.Name, $"void {name}({Target(declaring)}, {type} value)"));
    }

    /// <summary>The accessor that reads a property or returns a reference to a field.</summary>
    internal string Getter(MessageMember member)
    {
        INamedTypeSymbol declaring = member.Symbol.ContainingType;
        return member.Symbol.OriginalDefinition is IFieldSymbol field
            ? Declare(
                declaring, "Field" + field.Name, name => new AccessorModel("Field", field.Name, $"ref {TypeNames.Signature(field.Type)} {name}({Target(declaring)})"))
            : Declare(
                declaring,
                "Get" + member.Name,
                name => new AccessorModel(
                    "Method", member.Getter!.Name, $"{TypeNames.Signature(((IPropertySymbol)member.Symbol.OriginalDefinition).Type)} {name}({Target(declaring)})"));
    }

    internal EquatableArray<AccessorsModel> ToModels() => _classes.Select(ToModel).ToEquatableArray();

    private static string Target(INamedTypeSymbol declaring)
        => $"{(declaring.IsValueType ? "ref " : "")}{TypeNames.Canonical(declaring.OriginalDefinition)} target";

    private string Declare(INamedTypeSymbol declaring, string name, Func<string, AccessorModel> model)
    {
        int index = _classes.FindIndex(entry => SymbolEqualityComparer.Default.Equals(entry.Type, declaring));
        if (index < 0)
        {
            index = _classes.Count;
            _classes.Add((declaring, index == 0 ? "Accessors" : "Accessors" + (index + 1), []));
        }

        (_, string className, List<AccessorModel> methods) = _classes[index];
        AccessorModel accessor = model(name);
        if (!methods.Contains(accessor))
        {
            methods.Add(accessor);
        }

        ITypeSymbol[] arguments = [.. TypeArguments(declaring)];
        string generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(TypeNames.Canonical))}>";
        return $"{className}{generic}.{name}";
    }

    private static AccessorsModel ToModel((INamedTypeSymbol Type, string ClassName, List<AccessorModel> Methods) entry)
    {
        ITypeParameterSymbol[] parameters = [.. TypeArguments(entry.Type.OriginalDefinition).Cast<ITypeParameterSymbol>()];
        string list = parameters.Length == 0 ? "" : $"<{string.Join(", ", parameters.Select(parameter => TypeNames.Identifier(parameter.Name)))}>";
        return new AccessorsModel(
            entry.ClassName,
            list,
            parameters.Select(Constraint).Where(constraint => constraint.Length > 0).ToEquatableArray(),
            entry.Methods.ToEquatableArray());
    }

    private static IEnumerable<ITypeSymbol> TypeArguments(INamedTypeSymbol type)
        => type.ContainingType is { } outer ? TypeArguments(outer).Concat(type.TypeArguments) : type.TypeArguments;

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            constraints.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add("class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.ConstraintTypes.Select(TypeNames.Signature));
        if (parameter.HasConstructorConstraint)
        {
            constraints.Add("new()");
        }

        if (parameter.AllowsRefLikeType)
        {
            constraints.Add("allows ref struct");
        }

        return constraints.Count == 0 ? "" : $"where {TypeNames.Identifier(parameter.Name)} : {string.Join(", ", constraints)}";
    }
}
