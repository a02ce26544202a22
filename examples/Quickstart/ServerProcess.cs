using System.Diagnostics;

namespace Quickstart;

/// <summary>The server as a child process: this very program, started once more.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts it and waits until clients can connect.</summary>
    public static async Task<ServerProcess> StartAsync(IEnumerable<string> endpoints)
    {
        string self = Environment.ProcessPath ?? throw new InvalidOperationException("This system does not tell where the program is.");
        var start = new ProcessStartInfo(self) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add("server");
        foreach (string endpoint in endpoints)
        {
            start.ArgumentList.Add(endpoint);
        }

        var process = new ServerProcess(Process.Start(start)!);
        if (await process._process.StandardOutput.ReadLineAsync() == Server.Ready)
        {
            return process;
        }

        await process.DisposeAsync();
        throw new InvalidOperationException("The server could not start; its error stands above.");
    }

    /// <summary>Lets it end in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
