namespace PluginHost;

/// <summary>Loads the plugins and works with them, whatever they do.</summary>
internal sealed class Host : IHost
{
    private static readonly string[] Texts = ["good morning", "please crash", "good night"];

    public static async Task RunAsync()
    {
        var host = new Host();
        Console.WriteLine($"The host is process {Environment.ProcessId}.");
        Plugin[] plugins = await Task.WhenAll(new[] { nameof(Shout), nameof(Chatty), nameof(Fragile) }.Select(name => Plugin.LoadAsync(name, host)));
        Console.WriteLine($"Its plugins are the processes {string.Join(", ", plugins.Select(plugin => plugin.ProcessId))}.");
        foreach (string text in Texts)
        {
            Console.WriteLine();
            Console.WriteLine(text);
            foreach (Plugin plugin in plugins)
            {
                await plugin.ApplyAsync(text);
            }
        }

        Console.WriteLine();
        await plugins[0].KillAsync();
        await plugins[0].ApplyAsync("still here");

        Console.WriteLine();
        foreach (Plugin plugin in plugins)
        {
            await plugin.DisposeAsync();
        }
    }

    public ValueTask<string> GetSettingAsync(string name, CancellationToken cancellationToken) => new(name == "emphasis" ? "!" : "");
}
