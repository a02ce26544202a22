using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.TestPeer;

/// <summary>Tells when a server that runs has begun to listen: its log does (event 103). Connecting to see would need a transport that takes a second client.</summary>
internal sealed class ListeningSignal : ILoggerFactory, ILogger
{
    private const int Listening = 103;

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == Listening)
        {
            _ = _begun.TrySetResult();
        }
    }

    public void Dispose()
    {
    }
}
