namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>What the name of a shared object may be. The same as at run time; a test compares them.</summary>
internal static class SharedName
{
    internal const int MaxLength = 64;

    /// <summary>What is wrong with a name; null if nothing is.</summary>
    internal static string? Objection(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Length > MaxLength)
        {
            return $"it has {name.Length} characters";
        }

        if (!IsLetterOrDigit(name[0]))
        {
            return $"it begins with '{name[0]}'";
        }

        foreach (char c in name)
        {
            if (!IsPossible(c))
            {
                return $"it contains '{c}'";
            }
        }

        return null;
    }

    /// <summary>A name that is like this one and can be used; null if nothing is left of it.</summary>
    internal static string? Nearest(string name)
    {
        string possible = new string([.. name.Select(c => IsPossible(c) ? c : '-')]).TrimStart('-', '.', '_').TrimEnd('-');
        return possible.Length is 0 or > MaxLength ? null : possible;
    }

    private static bool IsPossible(char c) => IsLetterOrDigit(c) || c is '.' or '_' or '-';

    private static bool IsLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
