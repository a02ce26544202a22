using System.Collections.Immutable;

namespace Contracts.Ipc.Evolution.Tests.Random;

/// <summary>Makes contracts, and next versions of them.</summary>
internal sealed class Edits(System.Random random)
{
    /// <summary>A first version.</summary>
    internal Schema First()
    {
        var message = new MessageSchema(IsKeyed: Chance(2), IsRecord: Chance(2), [], []);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            message = message with { Members = message.Members.Add(Member(message)) };
        }

        var color = new EnumSchema(IsOpen: Chance(2), ImmutableSortedDictionary<int, string>.Empty.Add(random.Next(2), "C0").Add(random.Next(2, 5), "C1"), ImmutableSortedDictionary<int, string>.Empty);
        ImmutableList<MethodSchema> methods = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Method($"F{i}"))];
        return new Schema(message, color, methods);
    }

    /// <summary>The next version: one to three edits.</summary>
    internal Schema Next(Schema schema)
    {
        Schema next = schema;
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            next = Edit(next);
        }

        return next;
    }

    private Schema Edit(Schema schema) => random.Next(20) switch
    {
        0 or 1 => OfMessage(schema, message => message with { Members = message.Members.Add(Member(message)) }),
        2 => OfMessage(schema, message => message with { Members = message.Members.Add(Member(message) with { IsRequired = true }) }),
        3 => OfMember(schema, static (message, member) => message with { Members = message.Members.Remove(member), Reserved = message.Reserved.Add(member) }),
        4 => OfMember(schema, static (message, member) => message with { Members = message.Members.Remove(member) }),
        5 => OfMember(schema, static (message, member) => Replace(message, member, member with { Name = message.NextName })),
        6 => OfMember(schema, static (message, member) => Replace(message, member, member with { Key = message.NextKey })),
        7 or 8 => OfMember(schema, (message, member) => Replace(message, member, WithType(member))),
        9 => OfMember(schema, static (message, member) => message with { Members = message.Members.Remove(member).Add(member) }),
        10 => OfMessage(schema, static message => message with { IsRecord = !message.IsRecord }),
        11 => OfMessage(schema, static message => message with { IsKeyed = !message.IsKeyed, Reserved = [] }),
        12 => OfEnum(schema, static color => color with { Constants = color.Constants.Add(Free(color), $"C{Free(color)}x") }),
        13 => OfEnum(schema, color => Remove(color, reserve: Chance(2))),
        14 => OfEnum(schema, static color => color with { IsOpen = !color.IsOpen }),
        15 => schema with { Methods = schema.Methods.Insert(random.Next(schema.Methods.Count + 1), Method($"G{schema.Methods.Count}{random.Next(1000)}")) },
        16 => OfMethod(schema, static (methods, method) => methods.Remove(method)),
        17 => OfMethod(schema, (methods, method) => methods.Replace(method, method with { Name = method.Name + "Renamed", WireName = Chance(2) ? method.WireName : method.Name + "Renamed" })),
        18 => OfMethod(schema, (methods, method) => methods.Replace(method, Chance(3) ? WithResult(method) : WithParameters(method))),
        _ => OfMethod(schema, (methods, method) => methods.Replace(method, WithParameters(method))),
    };

    private MemberSchema Member(MessageSchema message)
    {
        ValueType type = Type();
        Sample initial = type.Samples.Length > 0 && Chance(3) ? type.Samples[^1] : type.Initial;
        return new MemberSchema(message.NextName, message.NextName, message.NextKey, type, initial);
    }

    private MethodSchema Method(string name)
    {
        var method = new MethodSchema(name, name, HasResult: Chance(2), IsOneWay: false, []);
        for (int i = random.Next(3); i > 0; i--)
        {
            method = method with { Parameters = method.Parameters.Add(new ParameterSchema($"p{method.Parameters.Count}", Type(), null)) };
        }

        return method;
    }

    private MemberSchema WithType(MemberSchema member)
    {
        ValueType type = Type();
        return member with { Type = type, Initial = type.Initial };
    }

    private static MethodSchema WithResult(MethodSchema method) => method with { HasResult = !method.HasResult };

    private MethodSchema WithParameters(MethodSchema method)
    {
        ImmutableList<ParameterSchema> parameters = method.Parameters;
        switch (random.Next(5))
        {
            case 0 when parameters.Count > 0:
                ParameterSchema changed = parameters[random.Next(parameters.Count)];
                return changed.Default is null ? method with { Parameters = parameters.Replace(changed, changed with { Type = Type() }) } : method;
            case 1 when parameters.Count > 0:
                return method with { Parameters = parameters.RemoveAt(parameters.Count - 1) };
            case 2 when parameters.Count > 0:
                return method with { Parameters = parameters.Replace(parameters[0], parameters[0] with { Name = parameters[0].Name + "x" }) };
            case 3 when parameters.All(static parameter => parameter.Default is null):
                return method with { Parameters = parameters.Add(new ParameterSchema($"q{parameters.Count}", Type(), null)) };
            default:
                ValueType type = ValueType.All.Where(static type => type.Name is "int" or "string?" or "int?" or "bool").ElementAt(random.Next(4));
                return method with { Parameters = parameters.Add(new ParameterSchema($"q{parameters.Count}", type, type.Samples[^1])) };
        }
    }

    private EnumSchema Remove(EnumSchema color, bool reserve)
    {
        KeyValuePair<int, string> gone = color.Constants.ElementAt(random.Next(color.Constants.Count));
        return color.Constants.Count == 1
            ? color
            : color with { Constants = color.Constants.Remove(gone.Key), Reserved = reserve ? color.Reserved.Add(gone.Key, gone.Value) : color.Reserved };
    }

    private static int Free(EnumSchema color) => color.Constants.Keys.Concat(color.Reserved.Keys).Max() + 1;

    private static Schema OfMessage(Schema schema, Func<MessageSchema, MessageSchema> edit) => schema with { Message = edit(schema.Message) };

    private Schema OfMember(Schema schema, Func<MessageSchema, MemberSchema, MessageSchema> edit)
        => schema.Message.Members.Count < 2 ? schema : OfMessage(schema, message => edit(message, message.Members[random.Next(message.Members.Count)]));

    private static MessageSchema Replace(MessageSchema message, MemberSchema member, MemberSchema by) => message with { Members = message.Members.Replace(member, by) };

    private static Schema OfEnum(Schema schema, Func<EnumSchema, EnumSchema> edit) => schema with { Enum = edit(schema.Enum) };

    private Schema OfMethod(Schema schema, Func<ImmutableList<MethodSchema>, MethodSchema, ImmutableList<MethodSchema>> edit)
        => schema.Methods.Count < 2 ? schema : schema with { Methods = edit(schema.Methods, schema.Methods[random.Next(schema.Methods.Count)]) };

    private ValueType Type() => ValueType.All[random.Next(ValueType.All.Count)];

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;
}
