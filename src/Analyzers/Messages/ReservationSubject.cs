using System.Collections.Immutable;
using System.Globalization;
using Contracts.Ipc.Analyzers.Shapes;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>What kind of thing a reservation stands on.</summary>
internal enum SubjectKind
{
    /// <summary>Methods have names.</summary>
    Contract,

    /// <summary>Cases have tags.</summary>
    Union,

    /// <summary>Constants have values and names.</summary>
    Enum,

    /// <summary>Members have indexes, and names for people.</summary>
    ArrayMessage,

    /// <summary>Members have names.</summary>
    MapMessage,
}

/// <summary>One thing that travels under a number, a name or both.</summary>
internal readonly record struct WireIdentity(ISymbol Symbol, long? Number, string? Name)
{
    /// <summary>Whether the reservation forbids this. A name beside a number is only a note where names do not travel.</summary>
    internal bool IsForbiddenBy(Reservation reservation, ReservationSubject subject)
        => TakesNumber(reservation)
            || (Name is not null && reservation.Name == Name && (reservation.Number is null || subject.Kind is SubjectKind.Contract or SubjectKind.MapMessage));

    internal string WordFor(Reservation reservation, ReservationSubject subject) => TakesNumber(reservation) ? subject.NumberWord : "name";

    internal string ValueFor(Reservation reservation) => TakesNumber(reservation) ? Number!.Value.ToString(CultureInfo.InvariantCulture) : $"'{Name}'";

    private bool TakesNumber(Reservation reservation) => Number is not null && reservation.Number == Number;
}

/// <summary>A type with reservations: what of it travels, and which reservations mean something there.</summary>
internal sealed class ReservationSubject
{
    private ReservationSubject(SubjectKind kind, ImmutableArray<WireIdentity> used)
    {
        Kind = kind;
        Used = used;
    }

    internal SubjectKind Kind { get; }

    internal ImmutableArray<WireIdentity> Used { get; }

    internal string NumberWord => Kind switch { SubjectKind.Union => "tag", SubjectKind.Enum => "value", _ => "key" };

    internal static ReservationSubject Of(INamedTypeSymbol type, ContractSet contracts)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return new(SubjectKind.Enum, [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(OfConstant)]);
        }

        if (UnionParser.IsUnion(type))
        {
            return new(SubjectKind.Union, [.. UnionParser.Cases(type).Select(item => new WireIdentity(type, item.Positional<int>(0), null))]);
        }

        if (type.TypeKind == TypeKind.Interface)
        {
            IEnumerable<INamedTypeSymbol> all = contracts.IsContract(type) ? type.AllInterfaces.Prepend(type) : [type];
            return new(SubjectKind.Contract, [.. all.SelectMany(part => part.GetMembers().OfType<IMethodSymbol>()).Where(IsRemote).Select(OfMethod)]);
        }

        var members = new MessageMembers(contracts.Symbols, new ProblemList(contracts.Symbols.Compilation, type), type);
        List<MessageMember> found = members.Collect() ?? [];
        bool isArray = found.Count > 0 ? found[0].Index is not null : members.Style is MessageStyle.Ipc or MessageStyle.MessagePack or MessageStyle.DataContract;
        return new(
            isArray ? SubjectKind.ArrayMessage : SubjectKind.MapMessage,
            [.. found.Select(member => new WireIdentity(member.Symbol, member.Index, member.Key ?? member.Name))]);
    }

    /// <summary>Why a reservation protects nothing; null if it does.</summary>
    internal string? WhyWithoutEffect(Reservation reservation)
    {
        if (reservation.Name is { Length: 0 })
        {
            return "nothing has an empty name";
        }

        return Kind switch
        {
            SubjectKind.Contract when reservation.Name is null => "methods travel by name, never by number; reserve the name",
            SubjectKind.MapMessage when reservation.Name is null => "its members travel by name; reserve the name",
            SubjectKind.Union when reservation.Number is null => "the cases of a union travel by tag; reserve the tag",
            SubjectKind.ArrayMessage when reservation.Number < 0 => "keys are not negative",
            _ => null,
        };
    }

    private static bool IsRemote(IMethodSymbol method)
        => method is { MethodKind: MethodKind.Ordinary, IsStatic: false } && (method.IsAbstract || method.HasAttribute(AttributeNames.Method));

    private static WireIdentity OfMethod(IMethodSymbol method)
        => new(method, null, method.FindAttribute(AttributeNames.Method).Named<string>("Name") ?? method.Name);

    private static WireIdentity OfConstant(IFieldSymbol constant) => new(
        constant,
        constant.ConstantValue is ulong large ? unchecked((long)large) : Convert.ToInt64(constant.ConstantValue, CultureInfo.InvariantCulture),
        constant.Name);
}
