using System.Globalization;

namespace Contracts.Ipc.Analyzers.Usage.Endpoints;

/// <summary>What the runtime accepts as an endpoint. The runtime's own grammar lives in its transports; a test holds the two together over a table and over random texts.</summary>
internal static class EndpointGrammar
{
    internal const int MaximumNameLength = 64;

    /// <summary>What the kernel takes for the path of a socket.</summary>
    internal const int MaximumSocketPath = 107;

    private const int FastestLine = 20_000_000;

    private enum Address
    {
        Name,
        PathOrName,
        Device,
        Nothing,
    }

    private static readonly Dictionary<string, Address> Addresses = new(StringComparer.Ordinal)
    {
        ["device"] = Address.Device,
        ["fifo"] = Address.PathOrName,
        ["inproc"] = Address.Name,
        ["mq"] = Address.Name,
        ["pipe"] = Address.Name,
        ["shm"] = Address.PathOrName,
        ["signal"] = Address.Name,
        ["stdio"] = Address.Nothing,
        ["sysv"] = Address.Name,
        ["unix"] = Address.PathOrName,
    };

    internal static IEnumerable<string> Schemes => Addresses.Keys;

    internal static bool IsScheme(string text) => Addresses.ContainsKey(text);

    /// <summary>Whether the kernel mechanism behind a scheme is that of Linux.</summary>
    internal static bool IsLinuxOnly(string scheme) => scheme is "device" or "fifo" or "mq" or "shm" or "signal" or "sysv";

    /// <summary>Whether a scheme connects processes of one user only, whatever the options say.</summary>
    internal static bool IsOneUserOnly(string scheme) => scheme is "fifo" or "mq" or "shm" or "signal" or "sysv";

    /// <summary>What is wrong with a text, as the end of a sentence; null if it is an endpoint.</summary>
    internal static string? Objection(string text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            return $"it has no scheme. Known are {Known()}";
        }

        string scheme = text.Substring(0, colon);
        return Addresses.TryGetValue(scheme, out Address address) ? Objection(address, scheme, text.Substring(colon + 1)) : UnknownScheme(scheme);
    }

    internal static string UnknownScheme(string scheme) => $"the scheme '{scheme}' is not known. Known are {Known()}";

    private static string? Objection(Address kind, string scheme, string address) => kind switch
    {
        Address.Name => NameObjection(address),
        Address.PathOrName when IsRooted(address) => ZeroObjection(address),
        Address.PathOrName => address.Contains('/') ? "the path is relative; give an absolute path, or a plain name" : NameObjection(address),
        Address.Device => DeviceObjection(address),
        _ => address.Length == 0 ? null : $"nothing follows '{scheme}:', a process has only one standard input",
    };

    private static string? NameObjection(string name)
    {
        if (name.Length == 0)
        {
            return "the name is empty";
        }

        if (name.Length > MaximumNameLength)
        {
            return $"the name has {name.Length.ToString(CultureInfo.InvariantCulture)} characters; at most {MaximumNameLength} are possible";
        }

        foreach (char character in name)
        {
            if (!IsLetterOrDigit(character) && character is not ('.' or '_' or '-'))
            {
                return $"the name contains '{character}'; use letters and digits of ASCII, '.', '_' and '-'";
            }
        }

        return IsLetterOrDigit(name[0]) ? null : $"the name begins with '{name[0]}'; begin with a letter or a digit";
    }

    private static string? DeviceObjection(string address)
    {
        int question = address.IndexOf('?');
        string path = question < 0 ? address : address.Substring(0, question);
        if (!IsRooted(path))
        {
            return "a device is given by its absolute path, as in 'device:/dev/ttyS0'";
        }

        string[] settings = question < 0 ? [] : address.Substring(question + 1).Split('&');
        return ZeroObjection(path) ?? (settings.FirstOrDefault(setting => !IsSetting(setting)) is { } unknown ? $"'{unknown}' is no setting of a line" : null);
    }

    private static bool IsSetting(string setting)
        => setting is "flow=hardware" or "flow=none" or "carrier=watch" or "carrier=ignore"
            || (setting.StartsWith("baud=", StringComparison.Ordinal)
                && int.TryParse(setting.Substring(5), NumberStyles.None, CultureInfo.InvariantCulture, out int baud)
                && baud is > 0 and <= FastestLine);

    private static string? ZeroObjection(string path) => path.Contains('\0') ? "the path contains a zero character" : null;

    /// <summary>Also as Windows writes it: where the code will run is not known.</summary>
    private static bool IsRooted(string path)
        => path.StartsWith("/", StringComparison.Ordinal) || path.StartsWith("\\", StringComparison.Ordinal) || (path.Length > 2 && path[1] == ':' && path[2] is '/' or '\\');

    internal static bool IsLetterOrDigit(char character) => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';

    private static string Known() => string.Join(", ", Addresses.Keys.OrderBy(scheme => scheme, StringComparer.Ordinal).Select(scheme => scheme + ":"));
}
