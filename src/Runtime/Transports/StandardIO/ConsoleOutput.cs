using System.Text;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>
/// What a child prints: its standard error, and what it wrote to standard output before it served. Handed on line by line; the last lines are kept.
/// </summary>
/// <remarks>It is read all the time, so that a child which prints a lot is never held up by a full pipe.</remarks>
internal sealed class ConsoleOutput
{
    private const int TailLines = 50;

    private readonly Lock _gate = new();
    private readonly Lock _handing = new();
    private readonly Queue<string> _tail = new();
    private readonly Encoding _encoding;
    private readonly Action<string>? _received;
    private readonly ILogger _logger;
    private readonly int _process;

    /// <param name="process">Whose, for the log.</param>
    /// <param name="encoding">Of both streams.</param>
    /// <param name="received">Gets each line, one at a time.</param>
    /// <param name="logger">Gets each line too.</param>
    public ConsoleOutput(int process, Encoding encoding, Action<string>? received, ILogger logger)
    {
        _process = process;
        _encoding = encoding;
        _received = received;
        _logger = logger;
    }

    /// <summary>The last lines, oldest first.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _tail);
            }
        }
    }

    /// <summary>For one of the streams of which the output consists.</summary>
    public LineSplitter NewSplitter() => new(_encoding, OnLine);

    /// <summary>Hands on a whole stream. Never fails.</summary>
    /// <returns>When the stream has ended, or was disposed.</returns>
    public async Task ReadToEndAsync(Stream stream)
    {
        LineSplitter lines = NewSplitter();
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer).ConfigureAwait(false) is int count and > 0)
            {
                lines.Append(buffer.AsSpan(0, count));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The process is gone, or nobody wants to know any more.
        }

        lines.Finish();
    }

    private void OnLine(string line)
    {
        lock (_gate)
        {
            if (_tail.Count == TailLines)
            {
                _ = _tail.Dequeue();
            }

            _tail.Enqueue(line);
        }

        ChildLog.Printed(_logger, _process, line);
        lock (_handing)
        {
            try
            {
                _received?.Invoke(line);
            }
            catch (Exception error)
            {
                ChildLog.OutputHandlerFailed(_logger, error);
            }
        }
    }
}
