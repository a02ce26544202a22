using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Integration.Tests.Hostile;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>Where the C peer can stop itself: the numbers of <c>enum step</c> in ring.h.</summary>
public enum PeerStep
{
    Nowhere,
    BeforeLock,
    Locked,
    HalfCopied,
    Copied,
    Sealed,
    Committed,
    Advanced,
    Unlocked,
    Woken,
    Parked,
    Spinning,
    Connected,
    Heard,
    AnsweredHalf,
    Answered,
    Greeted,
}

/// <summary>
/// A process written in C, from the protocol's description alone, that keeps the other side of shm connections; what it can be ordered to do stands at the top
/// of Peer/ring_peer.c. It forks a child for each connection, so a kill costs a fork and not the start of a runtime.
/// </summary>
internal sealed partial class RingPeer : IAsyncDisposable
{
    private const int ContinueSignal = 18;
    private const int KillSignal = 9;

    private static readonly Lazy<string> Program = new(Compile);

    private readonly Process _process;
    private readonly string? _socket;

    private RingPeer(Process process, IpcEndpoint endpoint, string? socket)
    {
        _process = process;
        Endpoint = endpoint;
        _socket = socket;
    }

    internal IpcEndpoint Endpoint { get; }

    /// <summary>A server of <see cref="IPeer"/> that answers every call with its own argument, except <see cref="IPeer.HangAsync"/>.</summary>
    internal static async Task<RingPeer> ServeAsync()
    {
        IpcEndpoint endpoint = TestTransports.NewEndpoint("shm");
        string socket = SocketPath.Of(endpoint.Address, ".shm");
        IpcContract<IPeer> contract = IpcContract.Of<IPeer>();
        byte[] welcome = RawPeer.Hello(Handshake.Header(FrameKind.Welcome), new OfferedService(contract.Name, "", contract.Fingerprint, 0));
        return await StartAsync(endpoint, socket, "serve", socket, Convert.ToHexString(welcome), Text(Method(nameof(IPeer.HangAsync))));
    }

    /// <summary>A client that makes a call which never ends, and echo calls one after another.</summary>
    internal static Task<RingPeer> CallAsync(IpcEndpoint endpoint)
    {
        byte[] hang = RawPeer.Frame(FrameKind.Call, FrameFlags.Cancellable, 1, Method(nameof(IPeer.HangAsync)), 0x90);
        byte[] echo = RawPeer.Call(2, Method(nameof(IPeer.EchoAsync)), 7);
        return StartAsync(
            endpoint, null, "call", SocketPath.Of(endpoint.Address, ".shm"),
            Convert.ToHexString(RawPeer.Hello()), Convert.ToHexString([.. hang, .. echo]), Convert.ToHexString(echo));
    }

    /// <summary>A process that writes numbered records into a segment of this process.</summary>
    /// <param name="descriptor">Of the segment.</param>
    /// <param name="capacity">Of each ring.</param>
    /// <param name="producer">Stands in every record.</param>
    /// <param name="records">How many.</param>
    /// <param name="step">Where it stops itself.</param>
    /// <param name="write">At which record.</param>
    internal static async Task<RingPeer> ProduceAsync(int descriptor, int capacity, int producer, int records, PeerStep step = PeerStep.Nowhere, int write = 0)
    {
        RingPeer peer = Start(
            TestTransports.NewEndpoint("shm"), null,
            "produce", $"/proc/{Environment.ProcessId}/fd/{descriptor}", Text(capacity), "0", Text(producer), Text(records), Text((int)step), Text(write));
        Assert.Equal("producing", await peer.SaysAsync());
        return peer;
    }

    internal int Id => _process.Id;

    internal void Order(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    internal async Task<string?> SaysAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Within.Patience);

    /// <summary>Waits until the connection's process has stopped where it was told to.</summary>
    /// <returns>Its id.</returns>
    internal async Task<int> StoppedAsync()
    {
        string? says = await SaysAsync();
        Assert.StartsWith("stopped ", says, StringComparison.Ordinal);
        return int.Parse(says![8..], CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the connection's process has ended.</summary>
    /// <returns>When the kernel said so, as <see cref="Stopwatch.GetTimestamp"/> counts, and its status as wait(2) reports it.</returns>
    internal async Task<(long At, int Status)> DeadAsync()
    {
        string? says;
        do
        {
            says = await SaysAsync();
        }
        while (says?.StartsWith("child ", StringComparison.Ordinal) == true);

        Assert.StartsWith("dead ", says, StringComparison.Ordinal);
        string[] words = says!.Split(' ');
        return (long.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until one of the hostile orders has its connection.</summary>
    /// <returns>The process that keeps it.</returns>
    internal async Task<int> ChildAsync()
    {
        string? says = await SaysAsync();
        Assert.StartsWith("child ", says, StringComparison.Ordinal);
        return int.Parse(says![6..], CultureInfo.InvariantCulture);
    }

    /// <summary>SIGKILL to the process that keeps a connection, should it still be there. <see cref="DeadAsync"/> tells when it is gone.</summary>
    internal static void KillChild(int child) => _ = SendSignal(child, KillSignal);

    /// <summary>Whether the process itself stands still: state 'T' in its stat.</summary>
    internal bool IsStopped() => File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].StartsWith(" T", StringComparison.Ordinal);

    internal void AssertStopped() => Assert.True(Within.Eventually(IsStopped), "The peer did not stop.");

    /// <summary>SIGCONT to the process itself.</summary>
    internal void Continue() => Assert.Equal(0, SendSignal(_process.Id, ContinueSignal));

    /// <summary>SIGKILL to the process itself; waits until it is dead.</summary>
    internal void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Within.Patience));
    }

    /// <summary>The process that this object started ends by itself.</summary>
    internal async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().InTime();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // At the end of its orders it ends; one that waits for a child of its own does not.
            _process.StandardInput.Close();
            if (!_process.WaitForExit(500))
            {
                _process.Kill();
            }
        }

        await _process.WaitForExitAsync().InTime();
        _process.StandardInput.Dispose();
        _process.StandardOutput.Dispose();
        _process.Dispose();
        if (_socket is not null)
        {
            File.Delete(_socket);
        }
    }

    private static ulong Method(string name) => IpcContract.Of<IPeer>().Methods.Single(method => method.Name == name).Id;

    private static string Text<T>(T number)
        where T : IFormattable
        => number.ToString(null, CultureInfo.InvariantCulture);

    private static async Task<RingPeer> StartAsync(IpcEndpoint endpoint, string? socket, params string[] arguments)
    {
        RingPeer peer = Start(endpoint, socket, arguments);
        Assert.Equal("ready", await peer.SaysAsync());
        return peer;
    }

    private static RingPeer Start(IpcEndpoint endpoint, string? socket, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program.Value, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new RingPeer(Process.Start(start)!, endpoint, socket);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int number);

    /// <summary>Compiles the peer beside its sources, once for each state of them.</summary>
    private static string Compile()
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "SharedMemory", "Peer");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(Path.Combine(directory, "ring.h")));
        hash.AppendData(File.ReadAllBytes(Path.Combine(directory, "ring_peer.c")));
        string program = Path.Combine(directory, "ring_peer-" + Convert.ToHexString(hash.GetHashAndReset())[..16]);
        if (!File.Exists(program))
        {
            string unfinished = $"{program}.{Environment.ProcessId}";
            using var compiler = Process.Start(new ProcessStartInfo(
                Tool.Need("gcc"), ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", unfinished, Path.Combine(directory, "ring_peer.c")])
            {
                RedirectStandardError = true,
            })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            Assert.True(compiler.ExitCode == 0, errors);
            File.Move(unfinished, program, overwrite: true);
        }

        return program;
    }
}
