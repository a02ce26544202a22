namespace Contracts.Ipc.Analyzers.Usage.Endpoints;

/// <summary>What somebody who wrote something that is no endpoint probably meant.</summary>
internal static class EndpointCorrection
{
    /// <summary>The corrected text, or null.</summary>
    internal static string? Of(string text)
    {
        int colon = text.IndexOf(':');
        string? corrected = colon < 0
            ? "unix:" + WithoutStrangeCharacters(text)
            : SchemeLike(text.Substring(0, colon)) is { } scheme ? scheme + ":" + Address(scheme, text.Substring(colon + 1)) : null;
        return corrected is not null && corrected != text && EndpointGrammar.Objection(corrected) is null ? corrected : null;
    }

    private static string Address(string scheme, string address)
    {
        if (scheme == "stdio")
        {
            return "";
        }

        if (EndpointGrammar.Objection(scheme + ":" + address) is null)
        {
            return address;
        }

        // As in pipe:\\.\pipe\calculator and unix://calculator.
        int slash = address.LastIndexOfAny(['\\', '/']);
        return scheme == "device" ? "/dev/" + address.Substring(slash + 1) : WithoutStrangeCharacters(address.Substring(slash + 1));
    }

    private static string WithoutStrangeCharacters(string name)
    {
        if (name.StartsWith("/", StringComparison.Ordinal))
        {
            return name;
        }

        char[] characters = [.. name.Select(character => EndpointGrammar.IsLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '-')];
        return new string(characters).Trim('-', '.', '_');
    }

    /// <summary>The scheme itself, or the only one that differs by case or by one letter.</summary>
    private static string? SchemeLike(string written)
    {
        string lower = written.ToLowerInvariant();
        if (EndpointGrammar.IsScheme(lower))
        {
            return lower;
        }

        string[] near = [.. EndpointGrammar.Schemes.Where(scheme => Distance(scheme, lower) == 1)];
        return near.Length == 1 ? near[0] : null;
    }

    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                distance[i, j] = i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
        }

        return distance[a.Length, b.Length];
    }
}
