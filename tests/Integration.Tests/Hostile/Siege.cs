using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Hostile;

/// <summary>A server with short patience, a client that behaves, and room for peers that do not.</summary>
internal sealed class Siege : IAsyncDisposable
{
    private readonly Pair _pair;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _bystander;
    private int _calls;

    private Siege(Pair pair, RecordedLog log)
    {
        _pair = pair;
        Log = log;
        _bystander = Task.Run(CallAsync);
    }

    internal RecordedLog Log { get; }

    internal IpcServer Server => _pair.Server;

    internal IpcEndpoint Endpoint => _pair.Endpoint;

    internal static ulong Method(string name) => IpcContract.Of<IProbe>().Methods.Single(method => method.Name == name).Id;

    internal static async Task<Siege> OpenAsync(Probe? probe = null, Action<IpcServerOptions>? configure = null)
    {
        var log = new RecordedLog();
        var options = new IpcServerOptions
        {
            HandshakeTimeout = TimeSpan.FromMilliseconds(300),
            StallTimeout = TimeSpan.FromMilliseconds(400),
            LoggerFactory = log,
        };
        configure?.Invoke(options);
        return new Siege(await Pair.OpenAsync("unix", probe ?? new Probe(), options), log);
    }

    internal RawPeer Attack() => RawPeer.Connect(_pair.Endpoint);

    /// <summary>The attacker's connection on the server's side.</summary>
    internal IpcConnection Accepted()
    {
        Assert.True(Within.Eventually(() => _pair.Server.Connections.Count == 2));
        return _pair.Server.Connections.Single(connection => connection != _pair.Accepted);
    }

    /// <summary>The client that behaves went on all the time, and goes on; nothing of the attacker remains.</summary>
    internal async Task AssertUnharmedAsync()
    {
        int before = Volatile.Read(ref _calls);
        Assert.True(Within.Eventually(() => Volatile.Read(ref _calls) > before + 10), "The other client got no answers any more.");
        Assert.False(_bystander.IsCompleted, _bystander.Exception?.ToString());
        await using IpcConnection late = await _pair.ConnectAsync();
        Assert.Equal(77, await late.GetProxy<IProbe>().RunWithoutTokenAsync(77).InTime());
        Assert.DoesNotContain(Log.Lines, static line => line.Id == 299);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _bystander.InTime();
        _stop.Dispose();
        await _pair.DisposeAsync();
    }

    private async Task CallAsync()
    {
        IProbe proxy = _pair.Probe;
        while (!_stop.IsCancellationRequested)
        {
            Assert.Equal(_calls, await proxy.RunWithoutTokenAsync(_calls));
            _ = Interlocked.Increment(ref _calls);
        }
    }
}
