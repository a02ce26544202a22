using System.Globalization;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>How a journal names a System V queue: three numbers, since none of them alone tells it from a later one.</summary>
/// <param name="Id">Its identifier; -1 as long as it is not made.</param>
/// <param name="Key">Its key.</param>
/// <param name="ChangedAt">Its time of change when it had been made, in seconds since 1970; 0 before.</param>
internal readonly record struct SystemVQueueName(int Id, int Key, long ChangedAt)
{
    /// <summary>Whether the queue had been made when this was written.</summary>
    public bool IsMade => Id >= 0;

    /// <summary>The name of a queue that is about to be made.</summary>
    public static SystemVQueueName Planned(int key) => new(-1, key, 0);

    /// <summary>Reads a name; null if it is none.</summary>
    public static SystemVQueueName? Parse(string text)
    {
        string[] numbers = text.Split(' ');
        return numbers.Length == 3
            && int.TryParse(numbers[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int id)
            && int.TryParse(numbers[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int key)
            && long.TryParse(numbers[2], NumberStyles.None, CultureInfo.InvariantCulture, out long changed)
            && (id >= 0 || key != 0)
                ? new SystemVQueueName(id, key, changed)
                : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Key} {ChangedAt}");
}
