using System.Diagnostics;
using System.Runtime.InteropServices;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>The test's other process. Whatever happens to it, it is gone when this object is disposed.</summary>
internal sealed partial class PeerProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private readonly Process _process;
    private readonly IpcEndpoint? _endpoint;
    private readonly Meeting? _meeting;

    private PeerProcess(Process process, IpcEndpoint? endpoint, Meeting? meeting = null)
    {
        KernelObjects.OnStarted(process.Id);
        _process = process;
        _endpoint = endpoint;
        _meeting = meeting;
    }

    /// <summary>The program.</summary>
    internal static string Program => Path.Combine(PeerDirectory(), "Contracts.Ipc.TestPeer");

    /// <summary>Where clients find it, if it serves.</summary>
    internal IpcEndpoint Endpoint => _endpoint ?? throw new InvalidOperationException("This process has no endpoint.");

    internal int Id => _process.Id;

    /// <summary>A process that serves at a new endpoint.</summary>
    internal static Task<PeerProcess> ServeAsync(string transport)
    {
        Meeting meeting = TestTransports.NewMeeting(transport);
        return StartAsync("serve", meeting.Server, "ready", meeting);
    }

    /// <summary>A process that has a call under way which never ends.</summary>
    internal static Task<PeerProcess> CallAsync(IpcEndpoint endpoint) => StartAsync("hang", endpoint, "calling");

    /// <summary>A process that does something else: no endpoint, and lines in both directions.</summary>
    /// <param name="launcher">A program that starts it and becomes it, with its arguments; may be empty.</param>
    /// <param name="arguments">What the process gets.</param>
    internal static PeerProcess Run(string[] launcher, params string[] arguments)
    {
        string[] command = [.. launcher, Program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new PeerProcess(Process.Start(start)!, endpoint: null);
    }

    /// <summary>A process that serves, and would not survive an access beside the memory of its shm connections.</summary>
    internal static Task<PeerProcess> ServeGuardedAsync() => StartAsync("guard", TestTransports.NewEndpoint("shm"), "ready");

    /// <summary>A client of a server that corrupts what they share; it would not survive an access beside it either.</summary>
    internal static Task<PeerProcess> WithstandAsync(IpcEndpoint endpoint, double seconds)
        => StartAsync("withstand", endpoint, "ready", meeting: null, seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>How many descriptors the process has open. Those of assemblies, which the runtime opens when it first needs them, do not count.</summary>
    internal int Descriptors() => Directory.GetFiles($"/proc/{_process.Id}/fd")
        .Count(static descriptor => new FileInfo(descriptor).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true);

    /// <summary>SIGKILL, and waits until the kernel says that the process is dead.</summary>
    /// <returns>When that was, as <see cref="Stopwatch.GetTimestamp"/>.</returns>
    internal long Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Within.Patience));
        return Stopwatch.GetTimestamp();
    }

    /// <summary>Stops the process, and returns when every one of its threads stands still: until then one of them might still answer.</summary>
    internal void SendStop()
    {
        Signal(Stop);
        Assert.True(SpinWait.SpinUntil(AllThreadsAreStopped, Within.Patience), "The process did not stop.");
    }

    // State 'T' in the third field of stat; the second one, the name in brackets, may contain blanks.
    private bool AllThreadsAreStopped() => Directory.GetDirectories($"/proc/{_process.Id}/task")
        .All(static task => File.ReadAllText(task + "/stat").Split(')')[^1].StartsWith(" T", StringComparison.Ordinal));

    internal void SendContinue() => Signal(Continue);

    internal void SendTerminate() => Signal(Terminate);

    internal void SendInterrupt() => Signal(Interrupt);

    /// <returns>The exit code.</returns>
    internal async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().InTime();
        return _process.ExitCode;
    }

    /// <summary>The end of its input.</summary>
    internal void CloseInput() => _process.StandardInput.Close();

    /// <summary>Tells it to go on.</summary>
    internal void WriteLine(string line) => _process.StandardInput.WriteLine(line);

    internal async Task<string?> ReadLineAsync(TimeSpan? patience = null) => await _process.StandardOutput.ReadLineAsync().WaitAsync(patience ?? Within.Patience);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().InTime();
        _process.StandardOutput.Dispose();
        if (_process.StartInfo.RedirectStandardInput)
        {
            await _process.StandardInput.DisposeAsync();
        }

        _process.Dispose();
        _meeting?.Dispose();

        // A process that was killed could not clean up behind it. A survivor has done so if there was one; the next to start would, and is played here.
        _ = StaleObjects.Remove();
    }

    private static async Task<PeerProcess> StartAsync(
        string role, IpcEndpoint endpoint, string greeting, Meeting? meeting = null, params string[] more)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            ArgumentList = { role, endpoint.ToString() },
        };
        foreach (string argument in more)
        {
            start.ArgumentList.Add(argument);
        }

        var peer = new PeerProcess(Process.Start(start)!, meeting?.Client ?? endpoint, meeting);
        Assert.Equal(greeting, await peer.ReadLineAsync());
        return peer;
    }

    /// <summary>The peer is built beside this assembly: …/bin/Integration.Tests/debug and …/bin/TestPeer/debug.</summary>
    private static string PeerDirectory()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "TestPeer", own.Name);
    }

    private void Signal(int number) => Assert.Equal(0, SendSignal(_process.Id, number));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int number);
}
