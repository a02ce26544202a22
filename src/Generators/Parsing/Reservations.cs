using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>What a type remembers of its past: the [IpcReserved] of a message, union, enum or contract.</summary>
internal static class Reservations
{
    /// <summary>What stands on the type itself, in the order of the source.</summary>
    internal static ImmutableArray<Reservation> On(INamedTypeSymbol type)
    {
        ImmutableArray<Reservation>.Builder? found = null;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            // Most types have none: the short name comes first.
            if (attribute.AttributeClass is { Name: "IpcReservedAttribute" } name && TypeNames.Metadata(name) == AttributeNames.Reserved && Read(attribute) is { } reservation)
            {
                found ??= ImmutableArray.CreateBuilder<Reservation>();
                found.Add(reservation);
            }
        }

        return found?.ToImmutable() ?? [];
    }

    /// <summary>What the type must keep free: its own, and that of all from which it inherits members or methods. Numbers on a union are tags and stay there.</summary>
    internal static ImmutableArray<Reservation> Of(INamedTypeSymbol type)
    {
        ImmutableArray<Reservation> all = On(type);
        if (UnionParser.IsUnion(type))
        {
            return all;
        }

        IEnumerable<INamedTypeSymbol> inherited = type.TypeKind == TypeKind.Interface ? type.AllInterfaces : BaseTypes(type);
        foreach (INamedTypeSymbol ancestor in inherited.Where(ancestor => !UnionParser.IsUnion(ancestor)))
        {
            all = all.AddRange(On(ancestor));
        }

        return all;
    }

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }
    }

    private static Reservation? Read(AttributeData attribute)
    {
        object?[] arguments = [.. attribute.ConstructorArguments.Select(argument => argument.Value)];
        var reservation = new Reservation(arguments.OfType<long>().Cast<long?>().FirstOrDefault(), arguments.OfType<string>().FirstOrDefault(), attribute);
        return reservation is { Number: null, Name: null } ? null : reservation;
    }
}

/// <summary>One [IpcReserved].</summary>
/// <param name="Number">The key, tag or value; null if only a name is reserved.</param>
/// <param name="Name">The name; null if only a number is reserved.</param>
/// <param name="Attribute">Where it stands.</param>
internal sealed record Reservation(long? Number, string? Name, AttributeData Attribute);
