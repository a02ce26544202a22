namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Hands out names that are not taken yet.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    internal UniqueNames(IEnumerable<string> taken) => _taken.UnionWith(taken);

    /// <summary>The wanted name if it is free, else the name with the first free number behind it.</summary>
    internal string Take(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = wanted + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
