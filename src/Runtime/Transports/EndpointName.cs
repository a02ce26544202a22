using System.Buffers;

namespace Contracts.Ipc.Transports;

/// <summary>What a plain endpoint name looks like. It becomes part of a path or of a kernel object's name, so nothing in it may mean anything there.</summary>
internal static class EndpointName
{
    /// <summary>Leaves room for the directory in the 107 bytes of a socket path.</summary>
    public const int MaximumLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>What is wrong with a name, as the end of a sentence; null if nothing is.</summary>
    public static string? Objection(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return "the name is empty";
        }

        if (name.Length > MaximumLength)
        {
            return $"the name has {name.Length} characters; at most {MaximumLength} are possible";
        }

        if (name.IndexOfAnyExcept(Allowed) is int position and >= 0)
        {
            return $"the name contains '{name[position]}'; use letters and digits of ASCII, '.', '_' and '-'";
        }

        return char.IsAsciiLetterOrDigit(name[0]) ? null : $"the name begins with '{name[0]}'; begin with a letter or a digit";
    }
}
