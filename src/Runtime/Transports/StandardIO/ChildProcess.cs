using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>A process that this one has started, with pipes on all three of its standard streams: what it prints, and how it ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stream _errors;
    private readonly Task _printing;

    private ChildProcess(Process process, string name, Action<string>? printed, ILogger logger)
    {
        _process = process;
        StandardInput = process.StandardInput.BaseStream;
        StandardOutput = process.StandardOutput.BaseStream;
        _errors = process.StandardError.BaseStream;
        Id = process.Id;
        Name = name;
        Output = new ConsoleOutput(Id, process.StartInfo.StandardErrorEncoding ?? Encoding.UTF8, printed, logger);
        _printing = Output.ReadToEndAsync(_errors);
        Exited = WaitForExitAsync();
    }

    public int Id { get; }

    /// <summary>The program, without its folder.</summary>
    public string Name { get; }

    /// <summary>The exit code.</summary>
    public Task<int> Exited { get; }

    public ConsoleOutput Output { get; }

    /// <summary>The streams over which it serves.</summary>
    public Stream StandardInput { get; }

    /// <inheritdoc cref="StandardInput"/>
    public Stream StandardOutput { get; }

    /// <exception cref="IpcProcessException">The program cannot be started.</exception>
    public static ChildProcess Start(ProcessStartInfo startInfo, Action<string>? printed, ILogger logger)
    {
        startInfo.RedirectStandardInput = true;
        startInfo.RedirectStandardOutput = true;
        startInfo.RedirectStandardError = true;
        Process process = new() { StartInfo = startInfo };
        try
        {
            _ = process.Start();
            return new ChildProcess(process, Path.GetFileName(startInfo.FileName), printed, logger);
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            throw StandardIOError.CannotStart(startInfo.FileName, error);
        }
    }

    /// <summary>Waits for the exit code and for the last of what was printed.</summary>
    /// <returns>What there is to say about it; null if it has not ended in time.</returns>
    public async Task<IpcProcessException?> ExplainEndAsync(TimeSpan patience)
    {
        long started = Stopwatch.GetTimestamp();
        if (!await IsDoneAsync(Exited, patience).ConfigureAwait(false))
        {
            return null;
        }

        await WhenPrintedAsync(patience - Stopwatch.GetElapsedTime(started)).ConfigureAwait(false);
        return StandardIOError.Ended(this);
    }

    /// <summary>Waits for the end of what is printed, with patience: programs that the child has started share its standard error, and may outlive it.</summary>
    public Task WhenPrintedAsync(TimeSpan patience) => IsDoneAsync(_printing, patience > TimeSpan.Zero ? patience : TimeSpan.Zero);

    /// <summary>Ends the process, if it has not ended.</summary>
    /// <param name="entireTree">Also what it has started.</param>
    /// <returns>Why it could not be ended, or null.</returns>
    public Exception? Kill(bool entireTree)
    {
        try
        {
            _process.Kill(entireTree);
            return null;
        }
        catch (InvalidOperationException)
        {
            // It has ended.
            return null;
        }
        catch (Exception error) when (error is Win32Exception or AggregateException or NotSupportedException)
        {
            return error;
        }
    }

    /// <summary>Lets go of the pipes. The process itself is left as it is.</summary>
    public void Dispose()
    {
        StandardInput.Dispose();
        StandardOutput.Dispose();
        _errors.Dispose();
        if (Exited.IsCompleted)
        {
            _process.Dispose();
        }
        else
        {
            _ = Exited.ContinueWith(
                static (_, process) => ((Process)process!).Dispose(), _process, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <returns>Whether it was done in time.</returns>
    public static async Task<bool> IsDoneAsync(Task task, TimeSpan patience)
    {
        if (!task.IsCompleted)
        {
            using var late = new CancellationTokenSource();
            _ = await Task.WhenAny(task, Task.Delay(patience, late.Token)).ConfigureAwait(false);
            await late.CancelAsync().ConfigureAwait(false);
        }

        return task.IsCompleted;
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }
}
