using System.Collections.Immutable;
using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Random;

/// <summary>A version as C#: the contract, its types, and calls that send every kind of value.</summary>
internal static class SchemaSource
{
    /// <summary>How often everything is sent: so often that each member and each parameter has each of its values once.</summary>
    internal const int Rounds = 5;

    internal static VersionSource Of(Schema schema, string @namespace)
        => new(@namespace, Declarations(schema), "IService", "Values.Next()", Calls(schema).Select(static call => call.Expression));

    /// <summary>The calls of a client, each with what it sends.</summary>
    internal static ImmutableArray<SchemaCall> Calls(Schema schema)
        => [
            .. Enumerable.Range(0, Rounds).Select(i => new SchemaCall($"SendAsync({Message(schema, i)})", null, i)),
            .. Enumerable.Range(0, Rounds).Select(static i => new SchemaCall("FetchAsync()", null, i)),
            .. schema.Methods.SelectMany(method => Enumerable.Range(0, method.Parameters.IsEmpty ? 1 : Rounds).Select(i => new SchemaCall(CallOf(schema, method, i), method, i))),
        ];

    /// <summary>The value with which a member or parameter is sent.</summary>
    internal static Sample ValueOf(Schema schema, ValueType type, int index)
    {
        if (type == ValueType.Enum)
        {
            string name = schema.Enum.Constants.Values.ElementAt(index % schema.Enum.Constants.Count);
            return new Sample($"Color.{name}", name);
        }

        return type.Samples[index % type.Samples.Length];
    }

    internal static string Declarations(Schema schema) =>
        $$"""
        {{EnumHeader(schema.Enum)}} { {{string.Join(", ", schema.Enum.Constants.Select(static constant => $"{constant.Value} = {constant.Key}"))}} }

        {{Attributes(schema.Message)}}public sealed {{(schema.Message.IsRecord ? "record" : "class")}} Message
        {
        {{string.Join('\n', schema.Message.Members.Select(member => "    " + Member(schema.Message, member)))}}
        }

        [IpcService]
        public partial interface IService
        {
            Task SendAsync(Message value);

            Task<Message> FetchAsync();
        {{string.Concat(schema.Methods.Select(Method))}}}

        public static class Values
        {
            private static int _next = -1;

            public static Message Next() => (Interlocked.Increment(ref _next) % {{Rounds}}) switch { {{string.Join(", ", Enumerable.Range(0, Rounds).Select(i => $"{(i == Rounds - 1 ? "_" : i)} => {Message(schema, i)}"))}} };
        }
        """;

    private static string CallOf(Schema schema, MethodSchema method, int index)
        => $"{method.Name}({string.Join(", ", method.Parameters.Select((parameter, i) => ValueOf(schema, parameter.Type, index + i).Expression))})";

    private static string Message(Schema schema, int index)
        => $"new Message {{ {string.Join(", ", schema.Message.Members.Select(member => $"{member.Name} = {ValueOf(schema, member.Type, index).Expression}"))} }}";

    private static string EnumHeader(EnumSchema color)
        => string.Concat(color.Reserved.Select(static gone => $"[IpcReserved({gone.Key}, \"{gone.Value}\")] ")) + (color.IsOpen ? "[IpcOpen] " : "") + "public enum Color";

    private static string Attributes(MessageSchema message)
        => (message.IsKeyed ? "[IpcMessage] " : "") + string.Concat(message.Reserved.Select(gone => message.IsKeyed ? $"[IpcReserved({gone.Key}, \"{gone.Name}\")] " : $"[IpcReserved(\"{gone.Name}\")] "));

    private static string Member(MessageSchema message, MemberSchema member)
    {
        string key = message.IsKeyed ? $"[IpcKey({member.Key})] " : "";
        string initial = member.IsRequired || (member.Initial == member.Type.Initial && member.Type.BeginsByItself) ? "" : $" = {member.Initial.Expression};";
        return $"{key}public {(member.IsRequired ? "required " : "")}{member.Type.Name} {member.Name} {{ get; set; }}{initial}";
    }

    private static string Method(MethodSchema method)
    {
        string pinned = method.Name == method.WireName ? "" : $"[IpcMethod(Name = \"{method.WireName}\")] ";
        IEnumerable<string> parameters = method.Parameters.Select(static parameter => $"{parameter.Type.Name} {parameter.Name}{(parameter.Default is { } value ? $" = {value.Expression}" : "")}");
        return $"\n    {pinned}{(method.IsOneWay ? "[OneWay] " : "")}Task{(method.HasResult ? "<int>" : "")} {method.Name}({string.Join(", ", parameters)});\n";
    }
}

/// <summary>A call of a generated client.</summary>
/// <param name="Expression">In C#.</param>
/// <param name="Method">The method; null for those of the message.</param>
/// <param name="Index">Which round it is.</param>
internal sealed record SchemaCall(string Expression, MethodSchema? Method, int Index);
