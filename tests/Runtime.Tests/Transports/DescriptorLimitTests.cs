using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.UnixSocket;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Lowers a limit of the whole process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(DescriptorLimitTests), DisableParallelization = true)]
[Collection(nameof(DescriptorLimitTests))]
[SupportedOSPlatform("linux")]
public sealed partial class DescriptorLimitTests
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE

    [Fact]
    public async Task A_listener_without_free_descriptors_pauses_says_so_and_goes_on()
    {
        string path = TestDirectory.NewPath();
        RecordingLogger log = new();
        UnixSocketTransport transport = new();
        await using ChannelListener listener = await transport.ListenAsync(IpcEndpoint.Unix(path), new TransportOptions { Logger = log }, default);
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        FrameChannel? server;

        _ = GetLimit(OpenFiles, out Limit before);
        Limit none = before with { Soft = 3 };
        Task<FrameChannel?> accept;
        try
        {
            _ = SetLimit(OpenFiles, in none);
            client.Connect(new UnixDomainSocketEndPoint(path));
            accept = listener.AcceptAsync(default).AsTask();
            await log.Logged.WaitAsync(ChannelPair.Patience);
            await log.Logged.WaitAsync(ChannelPair.Patience);
            Assert.False(accept.IsCompleted);
        }
        finally
        {
            _ = SetLimit(OpenFiles, in before);
        }

        server = await accept.WaitAsync(ChannelPair.Patience);
        Assert.NotNull(server);
        Assert.Contains("Too many open files", log.LastMessage, StringComparison.Ordinal);
        server.Close(new IpcConnectionException("Enough."));
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(nuint Soft, nuint Hard);

    private sealed class RecordingLogger : ILogger
    {
        public SemaphoreSlim Logged { get; } = new(0);

        public string LastMessage { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            LastMessage = formatter(state, exception);
            _ = Logged.Release();
        }
    }
}
