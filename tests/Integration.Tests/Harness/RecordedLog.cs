using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>One line that was logged.</summary>
internal sealed record LogLine(LogLevel Level, int Id, string Text, Exception? Exception);

/// <summary>Keeps log lines.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    internal IReadOnlyCollection<LogLine> Lines => _lines;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue(new LogLine(logLevel, eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
