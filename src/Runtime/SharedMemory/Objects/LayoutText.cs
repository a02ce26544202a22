using System.Globalization;
using System.Text;

namespace Contracts.Ipc.SharedMemory.Objects;

/// <summary>A layout as text, one line for each leaf: <c>offset size type path</c>. It stands in the object, so that an opener with another struct can be told what differs.</summary>
internal static class LayoutText
{
    public static string Write(SharedLayout layout)
    {
        var text = new StringBuilder();
        foreach (SharedField field in layout.Fields)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{field.Offset} {field.Size} {field.Type} {field.Path}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what another process wrote. A line that is none ends it: the text only serves a message.</summary>
    public static List<SharedField> Read(string text)
    {
        var fields = new List<SharedField>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', 4);
            if (parts.Length < 4
                || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out int offset)
                || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int size))
            {
                break;
            }

            fields.Add(new SharedField(parts[3], parts[2], offset, size));
        }

        return fields;
    }

    /// <summary>The first leaf that lies elsewhere or is of another type, from both; if there is none, the first that has another name. Null and null if no leaf differs.</summary>
    public static (SharedField? Expected, SharedField? Found) FirstDifference(IReadOnlyList<SharedField> expected, IReadOnlyList<SharedField> found) =>
        First(expected, found, static (a, b) => a.Offset == b.Offset && a.Size == b.Size && a.Type == b.Type)
            ?? First(expected, found, static (a, b) => a == b)
            ?? (null, null);

    private static (SharedField? Expected, SharedField? Found)? First(
        IReadOnlyList<SharedField> expected, IReadOnlyList<SharedField> found, Func<SharedField, SharedField, bool> equal)
    {
        for (int i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            SharedField? ours = i < expected.Count ? expected[i] : null;
            SharedField? theirs = i < found.Count ? found[i] : null;
            if (ours is not { } a || theirs is not { } b || !equal(a, b))
            {
                return (ours, theirs);
            }
        }

        return null;
    }
}
