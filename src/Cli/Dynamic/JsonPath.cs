using System.Globalization;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>Where in a JSON document a value stands.</summary>
internal sealed class JsonPath(JsonPath? parent, string step)
{
    internal static JsonPath Root { get; } = new(null, "$");

    internal JsonPath Member(string name) => new(this, IsPlain(name) ? "." + name : $"['{name}']");

    internal JsonPath Item(int index) => new(this, $"[{index.ToString(CultureInfo.InvariantCulture)}]");

    public override string ToString() => parent + step;

    private static bool IsPlain(string name) => name.Length > 0 && name.All(static c => char.IsLetterOrDigit(c) || c is '_' or '$');
}
