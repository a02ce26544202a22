using System.Reflection;

namespace Contracts.Ipc.Packaging.Tests.PublicApi;

/// <summary>Types as C# writes them, with the question marks of nullable references.</summary>
internal static class TypeName
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
    };

    public static string Of(ParameterInfo parameter) => Of(parameter.ParameterType, Nullability.Create(parameter));

    public static string Of(PropertyInfo property) => Of(property.PropertyType, Nullability.Create(property));

    public static string Of(FieldInfo field) => Of(field.FieldType, Nullability.Create(field));

    public static string Of(Type type) => Of(type, null);

    /// <summary>The name of a type where it is declared: with the types around it and the names of its parameters.</summary>
    public static string Declared(Type type)
    {
        string name = WithoutArity(type.Name);
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string[] own = [.. type.GetGenericArguments().Skip(outer).Select(argument => Variance(argument) + argument.Name)];
        name = own.Length == 0 ? name : $"{name}<{string.Join(", ", own)}>";
        return type.DeclaringType is { } around ? $"{Declared(around)}.{name}" : name;
    }

    private static string Of(Type type, NullabilityInfo? info)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, info);
        }

        // An unconstrained type parameter counts as nullable in its own right; only what was written is shown.
        bool marked = info?.ReadState == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter;
        return Plain(type, info) + (marked ? "?" : "");
    }

    private static string Plain(Type type, NullabilityInfo? info)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, info?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        string name = WithoutArity(type.Name);
        if (type.IsGenericType)
        {
            Type[] arguments = type.GetGenericArguments();
            NullabilityInfo[]? infos = info?.GenericTypeArguments;
            IEnumerable<string> names = arguments.Select((argument, i) => Of(argument, infos?.Length == arguments.Length ? infos[i] : null));
            name = $"{name}<{string.Join(", ", names)}>";
        }

        return type is { IsNested: true, IsGenericParameter: false } ? $"{WithoutArity(type.DeclaringType!.Name)}.{name}" : name;
    }

    private static string Variance(Type parameter)
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        return flags.HasFlag(GenericParameterAttributes.Covariant) ? "out " : flags.HasFlag(GenericParameterAttributes.Contravariant) ? "in " : "";
    }

    private static string WithoutArity(string name) => name.Split('`')[0];
}
