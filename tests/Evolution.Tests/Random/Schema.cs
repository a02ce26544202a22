using System.Collections.Immutable;

namespace Contracts.Ipc.Evolution.Tests.Random;

/// <summary>One version of a contract: a message, an enum and a few methods. Edits make the next version of it.</summary>
internal sealed record Schema(MessageSchema Message, EnumSchema Enum, ImmutableList<MethodSchema> Methods);

/// <summary>The message that travels in both directions.</summary>
/// <param name="IsKeyed">Whether its members have numbers for keys, or their names.</param>
/// <param name="IsRecord">Whether it is a record; nothing of it travels.</param>
/// <param name="Members">In the order of the source.</param>
/// <param name="Reserved">The keys of members that were removed, if somebody remembers.</param>
internal sealed record MessageSchema(bool IsKeyed, bool IsRecord, ImmutableList<MemberSchema> Members, ImmutableList<MemberSchema> Reserved)
{
    /// <summary>What became of a member of another version, or what it was.</summary>
    internal MemberSchema? Find(MemberSchema other) => Members.Find(member => member.Id == other.Id);

    internal int NextKey => Members.Concat(Reserved).Select(static member => member.Key).DefaultIfEmpty(-1).Max() + 1;

    internal string NextName => $"M{Members.Concat(Reserved).Select(static member => int.Parse(member.Name[1..], provider: null)).DefaultIfEmpty(-1).Max() + 1}";
}

/// <summary>One member.</summary>
/// <param name="Id">What it is to people, whatever it is called.</param>
/// <param name="Name">In C#, and on the wire unless the message is keyed.</param>
/// <param name="Key">Its number, if the message is keyed.</param>
/// <param name="Type">Its type.</param>
/// <param name="Initial">What it begins with.</param>
/// <param name="IsRequired">Whether senders must set it.</param>
internal sealed record MemberSchema(string Id, string Name, int Key, ValueType Type, Sample Initial, bool IsRequired = false);

/// <summary>The enum.</summary>
internal sealed record EnumSchema(bool IsOpen, ImmutableSortedDictionary<int, string> Constants, ImmutableSortedDictionary<int, string> Reserved);

/// <summary>One method.</summary>
/// <param name="Name">In C#.</param>
/// <param name="WireName">On the wire.</param>
/// <param name="HasResult">Whether it returns a number.</param>
/// <param name="IsOneWay">Whether nobody waits for it.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record MethodSchema(string Name, string WireName, bool HasResult, bool IsOneWay, ImmutableList<ParameterSchema> Parameters);

/// <summary>One parameter.</summary>
/// <param name="Name">In C#.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">What a caller may leave out; null if it may not.</param>
internal sealed record ParameterSchema(string Name, ValueType Type, Sample? Default);
