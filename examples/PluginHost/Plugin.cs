using System.Diagnostics;
using Contracts.Ipc;

namespace PluginHost;

/// <summary>A plugin as the host sees it: a process that is started again when it has died.</summary>
internal sealed class Plugin : IAsyncDisposable
{
    private readonly string _name;
    private readonly IHost _host;
    private IpcProcess _process = null!;

    private Plugin(string name, IHost host)
    {
        _name = name;
        _host = host;
    }

    public int ProcessId => _process.Id;

    public static async Task<Plugin> LoadAsync(string name, IHost host)
    {
        var plugin = new Plugin(name, host);
        await plugin.StartAsync();
        return plugin;
    }

    /// <summary>Has the plugin work on a text. If it dies, it is started again.</summary>
    public async Task ApplyAsync(string text)
    {
        try
        {
            Report.Line(_name, await _process.Connection.GetProxy<ITextFilter>().ApplyAsync(text));
        }
        catch (IpcConnectionException lost)
        {
            // Says which process, its exit code, and what it printed last.
            IpcCloseReason end = await _process.Connection.Closed;
            Report.Line(_name, $"died. {end.Message}");
            await RestartAsync();
            if (lost.Delivery == IpcDelivery.NotSent)
            {
                // It died before and never saw the text. What it may have executed is not repeated: that may be what killed it.
                await ApplyAsync(text);
            }
        }
    }

    /// <summary>As an impatient administrator, or a system that runs out of memory.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        _ = await _process.Connection.Closed;
        Report.Line(_name, $"was killed (exit code {await _process.Exited}).");
    }

    /// <summary>Lets it finish, and ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        Report.Line(_name, $"ends with exit code {await _process.StopAsync()}.");
        await _process.DisposeAsync();
    }

    private async Task RestartAsync()
    {
        await _process.DisposeAsync();
        await StartAsync();
        Report.Line(_name, $"runs again, as process {_process.Id}.");
    }

    private async Task StartAsync()
    {
        // A program of its own as a rule; here this very one, started once more.
        string self = Environment.ProcessPath ?? throw new InvalidOperationException("This system does not tell where the program is.");
        var startInfo = new ProcessStartInfo(self);
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            startInfo.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        startInfo.ArgumentList.Add("plugin");
        startInfo.ArgumentList.Add(_name);

        var options = new IpcProcessOptions { OutputReceived = OnPrinted };
        options.Connection.AddService(_host);
        _process = await IpcProcess.StartAsync(startInfo, options);
    }

    private void OnPrinted(string line)
    {
        // Stacks would be for a log file.
        if (!line.StartsWith("   at ", StringComparison.Ordinal))
        {
            Report.Line(_name, $"| {line}");
        }
    }
}
