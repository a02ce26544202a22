using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Generators.Parsing.Declarations;

/// <summary>Writes the methods of a contract, inherited ones too, as if they were all its own.</summary>
internal sealed class MethodWriter(DeclarationNames names, INamespaceSymbol within, List<string> lines)
{
    internal void Write(IReadOnlyList<ContractMethod> methods)
    {
        var signatures = new HashSet<string>(StringComparer.Ordinal);
        foreach (ContractMethod method in methods)
        {
            string name = method.Symbol.Name;
            string types = string.Join(", ", method.Symbol.Parameters.Select(parameter => TypeNames.Canonical(parameter.Type)));
            for (int number = 2; !signatures.Add($"{name}({types})"); number++)
            {
                // Two inherited methods with one signature and two names on the wire.
                name = method.Symbol.Name + number.ToString(CultureInfo.InvariantCulture);
            }

            Write(method, name, methods);
        }
    }

    private void Write(ContractMethod method, string name, IReadOnlyList<ContractMethod> all)
    {
        IMethodSymbol symbol = method.Symbol;
        string attributes = string.Join(", ", Attributes(method, name));
        if (attributes.Length > 0)
        {
            lines.Add($"[{attributes}]");
        }

        string result = string.Join(", ", ValueAttributes.Of(symbol.GetReturnTypeAttributes(), names, within));
        if (result.Length > 0)
        {
            lines.Add($"[return: {result}]");
        }

        IEnumerable<string> parameters = symbol.Parameters.Select(parameter => Parameter(parameter, all));
        lines.Add($"{names.Of(symbol.ReturnType, within)} {TypeNames.Identifier(name)}({string.Join(", ", parameters)});");
    }

    private IEnumerable<string> Attributes(ContractMethod method, string name)
    {
        IMethodSymbol symbol = method.Symbol;
        if (symbol.HasAttribute(AttributeNames.OneWay))
        {
            yield return names.Attribute("OneWay");
        }

        string options = string.Join(", ", Options(symbol.FindAttribute(AttributeNames.Method), method.WireName, name));
        if (options.Length > 0)
        {
            yield return $"{names.Attribute("IpcMethod")}({options})";
        }

        foreach (ITypeSymbol detail in symbol.FindAttributes(AttributeNames.Fault).Select(attribute => attribute.Positional<ITypeSymbol>(0)).OfType<ITypeSymbol>())
        {
            yield return $"{names.Attribute("IpcFault")}(typeof({names.Of(detail, within)}))";
        }
    }

    private static IEnumerable<string> Options(AttributeData? attribute, string wireName, string name)
    {
        if (wireName != name)
        {
            yield return "Name = " + SymbolDisplay.FormatLiteral(wireName, quote: true);
        }

        if (attribute.Named<int>("TimeoutMilliseconds") is not 0 and int timeout)
        {
            yield return "TimeoutMilliseconds = " + timeout.ToString(CultureInfo.InvariantCulture);
        }

        if (attribute.Named<bool>("Idempotent"))
        {
            yield return "Idempotent = true";
        }

        if (attribute.Named<int>("Priority") is not 0 and int priority)
        {
            yield return "Priority = " + priority.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string Parameter(IParameterSymbol parameter, IReadOnlyList<ContractMethod> all)
    {
        string attributes = string.Join(", ", ValueAttributes.Of(parameter.GetAttributes(), names, within));
        string text = $"{(attributes.Length == 0 ? "" : $"[{attributes}] ")}{names.Of(parameter.Type, within)} {TypeNames.Identifier(parameter.Name)}";
        if (!parameter.IsOptional)
        {
            return text;
        }

        bool isLast = ((IMethodSymbol)parameter.ContainingSymbol).Parameters.Skip(parameter.Ordinal).All(follower => follower.IsOptional);
        return isLast ? $"{text} = {Default(parameter, all)}" : "[System.Runtime.InteropServices.Optional] " + text;
    }

    private string Default(IParameterSymbol parameter, IReadOnlyList<ContractMethod> all)
    {
        // A date is a constant for attributes only.
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is DateTime)
        {
            return "default";
        }

        if (parameter.ExplicitDefaultValue is null)
        {
            return parameter.Type.IsReferenceType ? "null" : "default";
        }

        ITypeSymbol type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        string literal = parameter.ExplicitDefaultValue is byte or sbyte or short or ushort
            ? Convert.ToString(parameter.ExplicitDefaultValue, CultureInfo.InvariantCulture)
            : DefaultValues.Literal(parameter.ExplicitDefaultValue);
        if (type.TypeKind != TypeKind.Enum)
        {
            return literal;
        }

        // The name of the value, unless a method is in its way.
        string name = names.Of(type, within);
        IFieldSymbol? value = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && field.ConstantValue.Equals(parameter.ExplicitDefaultValue));
        return value is null || all.Any(method => method.Symbol.Name == name.Split('.')[0]) ? $"({name})({literal})" : $"{name}.{TypeNames.Identifier(value.Name)}";
    }
}
