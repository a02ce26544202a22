using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Says why a type cannot travel. Each reason completes the sentence "T cannot travel: …".</summary>
internal static class UnsupportedTypes
{
    /// <summary>Why a type that is neither array nor named type cannot travel.</summary>
    internal static string Reason(ITypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Dynamic => "its real type is known at run time only; declare the type that is meant",
        TypeKind.Pointer or TypeKind.FunctionPointer => "an address means nothing in another process",
        TypeKind.TypeParameter => "it is not known which type it stands for",
        _ => "it is not a type that has a wire format",
    };

    /// <summary>Whether a type that the runtime has no formatter for is a message type.</summary>
    internal static bool IsMessage(INamedTypeSymbol type, [NotNullWhen(false)] out string? reason)
    {
        reason = ReasonByKind(type) ?? ReasonByFamily(type);
        return reason is null;
    }

    private static string? ReasonByKind(INamedTypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Object)
        {
            return "its real type is known at run time only; declare the type that is meant, or a [Union] of all that may come";
        }

        if (type.IsRefLikeType)
        {
            return "a ref struct cannot leave the stack";
        }

        if (type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
        {
            return "its size depends on the process; use long";
        }

        if (type.TypeKind == TypeKind.Delegate)
        {
            return "a delegate cannot be a value on the wire";
        }

        if (type.IsUnboundGenericType || type.TypeArguments.Any(argument => argument.TypeKind == TypeKind.TypeParameter))
        {
            return "its type arguments are open";
        }

        if (type.IsStatic || type.SpecialType is SpecialType.System_Void)
        {
            return "it has no values";
        }

        if (type.TypeKind == TypeKind.Interface && type.HasAttribute(AttributeNames.Service))
        {
            return "a contract cannot be passed by reference";
        }

        return type.TypeKind == TypeKind.Interface || type.IsAbstract
            ? "it is abstract; list the types that may come with [Union], or declare a concrete type"
            : null;
    }

    private static string? ReasonByFamily(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            switch (TypeNames.Metadata(ancestor.OriginalDefinition))
            {
                case "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1" or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1":
                    return "a task is no value; return the task itself, or send its result";
                case "System.Threading.CancellationToken":
                    return "a token is passed as the last parameter of a method only";
                case "System.IO.Stream":
                    return "a stream is no value; send the bytes";
                case "System.Exception":
                    return "exceptions do not travel as values; declare a fault with [IpcFault]";
                case "System.Delegate":
                    return "a delegate cannot be a value on the wire";
                case "System.Attribute" or "System.Reflection.MemberInfo" or "System.Reflection.Assembly":
                    return "it belongs to the process that loaded it";
                case "System.Runtime.InteropServices.SafeHandle":
                    return "a handle means nothing in another process";
            }
        }

        if (IsAnnotated(type))
        {
            return null;
        }

        if (type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable))
        {
            return "it is a collection of its own; use a collection of the framework, annotate it as a message, or plug in an [IpcFormatter]";
        }

        return IsOfFramework(type)
            ? "it is a type of the framework that has no wire format; use a type of your own, or plug in an [IpcFormatter]"
            : null;
    }

    private static bool IsAnnotated(INamedTypeSymbol type)
        => type.HasAttribute(AttributeNames.Message) || type.HasAttribute(AttributeNames.MessagePackObject) || type.HasAttribute(AttributeNames.DataContract);

    /// <summary>Whether the type comes with .NET.</summary>
    internal static bool IsOfFramework(INamedTypeSymbol type)
        => type.ContainingAssembly?.Name is "mscorlib" or "netstandard" or "System" or "System.Private.CoreLib"
            || (type.ContainingAssembly?.Name.StartsWith("System.", StringComparison.Ordinal) == true
                && type.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal));
}
