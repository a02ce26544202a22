namespace Contracts.Ipc.Evolution.Tests.Random;

/// <summary>
/// What one version has to make of what the other sent, if nothing is lost: the same value where both have a member, its initial value where only the reader has it. Whatever else
/// comes out is a break. It knows nothing of rules; it only looks up what was sent.
/// </summary>
internal static class Expectation
{
    /// <summary>What nothing can be rendered as: the reader needs what the writer does not have.</summary>
    private const string Impossible = "<impossible>";

    /// <summary>The outcome of a call; null if the other side rightly does not know it, being older.</summary>
    internal static string? Of(SchemaCall call, Schema client, Schema server, bool isNewClient)
    {
        if (call.Method is null)
        {
            return call.Expression.StartsWith("Fetch", StringComparison.Ordinal)
                ? $"FetchAsync() = {Message(server, client, call.Index)}"
                : $"SendAsync({Message(client, server, call.Index)})";
        }

        MethodSchema? method = server.Methods.Find(other => other.WireName == call.Method.WireName);
        if (method is null)
        {
            return isNewClient ? null : Impossible;
        }

        string received = $"{method.Name}({string.Join(", ", method.Parameters.Select((parameter, i) => Argument(call, client, parameter, server, i)))})";
        return method.IsOneWay != call.Method.IsOneWay ? Impossible : received + (call.Method.HasResult ? method.HasResult ? " = 0" : Impossible : "");
    }

    private static string Message(Schema writer, Schema reader, int index)
        => "{" + string.Join(", ", reader.Message.Members.Select(member => $"{member.Name}: {Member(writer, reader, member, index)}")) + "}";

    private static string Member(Schema writer, Schema reader, MemberSchema member, int index)
        => writer.Message.Find(member) is { } sent ? Read(writer, reader, sent.Type, index)
            : member.IsRequired ? Impossible
            : member.Type == ValueType.Enum ? reader.Enum.Constants.GetValueOrDefault(0, Impossible)
            : member.Initial.Text;

    private static string Argument(SchemaCall call, Schema writer, ParameterSchema parameter, Schema reader, int index)
        => index < call.Method!.Parameters.Count ? Read(writer, reader, call.Method.Parameters[index].Type, call.Index + index) : parameter.Default?.Text ?? Impossible;

    private static string Read(Schema writer, Schema reader, ValueType type, int index)
    {
        string text = SchemaSource.ValueOf(writer, type, index).Text;
        if (type != ValueType.Enum || reader.Enum.Constants.ContainsValue(text))
        {
            return text;
        }

        // A name that the reader does not have: an open enum keeps the number.
        return writer.Enum.Constants.First(constant => constant.Value == text).Key.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
