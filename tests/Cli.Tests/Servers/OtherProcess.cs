using System.Diagnostics;
using System.Runtime.InteropServices;
using Contracts.Ipc.Cli.Tests.Harness;

namespace Contracts.Ipc.Cli.Tests.Servers;

/// <summary>A server in a process of its own, for what cannot be done to the test's own process.</summary>
internal sealed partial class OtherProcess : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly Process _process;

    private OtherProcess(Process process, string endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public string Endpoint { get; }

    public int Id => _process.Id;

    /// <summary>Starts it, and returns when it listens.</summary>
    public static Task<OtherProcess> ServeAsync(string transport = "unix") => ServeAtAsync($"{transport}:other-{Guid.NewGuid():N}");

    /// <summary>Starts it at this endpoint, and returns when it listens.</summary>
    public static async Task<OtherProcess> ServeAtAsync(string endpoint)
    {
        Process process = Process.Start(new ProcessStartInfo(Surroundings.Peer, ["serve", endpoint]) { RedirectStandardOutput = true })!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return new OtherProcess(process, endpoint);
    }

    /// <summary>SIGKILL: it has no time to remove anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it lives and answers nobody. Returns when all its threads stand still.</summary>
    public void Freeze()
    {
        _ = Signal(_process.Id, Stop);
        Assert.True(SpinWait.SpinUntil(AllThreadsAreStopped, TimeSpan.FromSeconds(10)));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, Continue);
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private bool AllThreadsAreStopped() => Directory.GetDirectories($"/proc/{_process.Id}/task")
        .All(static task => File.ReadAllText(task + "/stat").Split(')')[^1].StartsWith(" T", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
