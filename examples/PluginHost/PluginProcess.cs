using Contracts.Ipc;

namespace PluginHost;

/// <summary>The plugin's side: a process that serves whoever has started it, until that closes the connection or dies.</summary>
internal static class PluginProcess
{
    public static async Task RunAsync(string name)
    {
        await using var server = new IpcServer();
        server.AddService<ITextFilter>(connection => name switch
        {
            nameof(Shout) => new Shout(connection.GetProxy<IHost>()),
            nameof(Chatty) => new Chatty(),
            nameof(Fragile) => new Fragile(),
            _ => throw new ArgumentException($"There is no plugin '{name}'.", nameof(name)),
        });
        await server.RunAsync("stdio:");
    }
}
