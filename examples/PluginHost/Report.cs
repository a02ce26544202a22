namespace PluginHost;

/// <summary>What happened to a plugin, in one line.</summary>
internal static class Report
{
    public static void Line(string plugin, string what) => Console.WriteLine($"  {plugin,-8} {what}");
}
