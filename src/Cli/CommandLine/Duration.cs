using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Contracts.Ipc.Cli.CommandLine;

/// <summary>A time as it stands on the command line: seconds, or a number with a unit, <c>500ms</c>, <c>1.5s</c>, <c>2m</c>.</summary>
/// <param name="Time">The time.</param>
internal readonly record struct Duration(TimeSpan Time)
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>An option that takes a time.</summary>
    public static Option<Duration> Option(string name, string description, TimeSpan standard) => new(name)
    {
        Description = description,
        HelpName = "time",
        DefaultValueFactory = _ => new Duration(standard),
        CustomParser = result => Parse(result, name) ?? default,
    };

    /// <summary>An option that takes a time or is left out.</summary>
    public static Option<Duration?> Optional(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result => Parse(result, name),
    };

    /// <summary>The time, or null if it is none, or not above zero.</summary>
    public static Duration? Parse(string text)
    {
        (string unit, double seconds) = Units.FirstOrDefault(one => text.EndsWith(one.Unit, StringComparison.Ordinal), ("", 1));
        return double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number > 0
            && number * seconds <= Longest.TotalSeconds
                ? new Duration(TimeSpan.FromSeconds(number * seconds))
                : null;
    }

    /// <summary>As it is typed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time.TotalSeconds:0.###}s");

    private static Duration? Parse(ArgumentResult result, string name)
    {
        string text = result.Tokens[0].Value;
        Duration? time = Parse(text);
        if (time is null)
        {
            result.AddError($"'{text}' is not a time for {name}. Write seconds, or a unit: 500ms, 1.5s, 2m.");
        }

        return time;
    }
}
