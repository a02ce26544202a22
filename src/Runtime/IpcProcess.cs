using System.Diagnostics;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.StandardIO;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc;

/// <summary>A child process that serves its parent over its standard input and output: no name, no socket, nobody else can connect.</summary>
/// <remarks>
/// <para>The child calls <c>await server.RunAsync("stdio:")</c>. What it prints does not get between the messages: it comes here line by line
/// (<see cref="IpcProcessOptions.OutputReceived"/>, the log, <see cref="OutputTail"/>).</para>
/// <para>The child ends when its parent does, however that ends: its standard input ends, and with it <c>RunAsync</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// await using IpcProcess plugin = await IpcProcess.StartAsync(new ProcessStartInfo("plugin"));
/// ICalculator calculator = plugin.Connection.GetProxy&lt;ICalculator&gt;();
/// </code>
/// </example>
public sealed class IpcProcess : IAsyncDisposable
{
    /// <summary>A process that is killed ends soon, unless the kernel keeps it, for example in a read of a disk that does not answer.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    private readonly ChildProcess _process;
    private readonly IpcProcessOptions _options;
    private readonly ILogger _logger;

    private IpcProcess(ChildProcess process, IpcConnection connection, IpcProcessOptions options, ILogger logger)
    {
        _process = process;
        _options = options;
        _logger = logger;
        Connection = connection;
    }

    /// <summary>The connection to the child. When the child dies, <see cref="IpcConnection.Closed"/> says how: see <see cref="IpcProcessException"/>.</summary>
    public IpcConnection Connection { get; }

    /// <summary>The id of the process that was started.</summary>
    public int Id => _process.Id;

    /// <summary>Completes with the exit code, never with an exception, when the process has ended. On Unix 128 and the number of a signal, if one ended it.</summary>
    public Task<int> Exited => _process.Exited;

    /// <summary>The last lines that the child printed, separated by line feeds.</summary>
    public string OutputTail => _process.Output.Tail;

    /// <summary>Starts a program and connects to it, once it serves at <c>stdio:</c>.</summary>
    /// <param name="startInfo">The program. Its three standard streams are redirected here; everything else is taken as it is.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt; the process is killed.</param>
    /// <returns>The process. Dispose it: that ends it.</returns>
    /// <exception cref="IpcProcessException">The program cannot be started, ended before it served, or did not serve in time.</exception>
    /// <exception cref="IpcProtocolException">The child speaks another protocol or version.</exception>
    public static async Task<IpcProcess> StartAsync(ProcessStartInfo startInfo, IpcProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(startInfo);
        if (startInfo.UseShellExecute)
        {
            throw new ArgumentException("A program that the shell starts has no pipes: set UseShellExecute to false.", nameof(startInfo));
        }

        cancellationToken.ThrowIfCancellationRequested();
        options ??= new IpcProcessOptions();
        ILogger logger = options.Connection.CreateLogger();
        var process = ChildProcess.Start(startInfo, options.OutputReceived, logger);
        try
        {
            IpcConnection connection = await ConnectAsync(process, options.Connection, logger, cancellationToken).ConfigureAwait(false);
            return new IpcProcess(process, connection, options, logger);
        }
        catch
        {
            await EndAsync(process, TimeSpan.Zero, options, logger).ConfigureAwait(false);
            process.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Closes the connection in good order (<see cref="IpcConnection.CloseAsync"/>) and waits for the process to end; after <see cref="IpcProcessOptions.ExitTimeout"/> it is
    /// killed.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting for calls that are still under way; they are cancelled then.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        await Connection.CloseAsync(cancellationToken).ConfigureAwait(false);
        await EndAsync(_process, _options.ExitTimeout, _options, _logger).ConfigureAwait(false);
        return await Exited.ConfigureAwait(false);
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill() => Kill(_process, _options, _logger);

    /// <summary>
    /// Ends the connection, and with it the process: it may end by itself within <see cref="IpcProcessOptions.ExitTimeout"/>, then it is killed. Use <see cref="StopAsync"/> to let
    /// calls finish.
    /// </summary>
    /// <returns>When the process has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        await EndAsync(_process, _options.ExitTimeout, _options, _logger).ConfigureAwait(false);
        _process.Dispose();
    }

    private static async Task<IpcConnection> ConnectAsync(ChildProcess process, IpcConnectionOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.ConnectTimeout);
        try
        {
            FrameChannel channel = await ChildStart.WaitAsync(process, options.ForTransport(logger).MaximumFrameLength, timeout.Token).ConfigureAwait(false);
            return await IpcConnection.OpenAsync(channel, IpcEndpoint.StandardIO, options, logger, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw StandardIOError.NeverServed(process, options.ConnectTimeout);
        }
        catch (IpcConnectionException) when (process.Exited.IsCompleted)
        {
            // In the handshake or before: in either case it is the end of the process that matters.
            throw await StandardIOError.EndedEarlyAsync(process).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the process to end, and kills it if it does not.</summary>
    private static async Task EndAsync(ChildProcess process, TimeSpan patience, IpcProcessOptions options, ILogger logger)
    {
        if (await ChildProcess.IsDoneAsync(process.Exited, patience).ConfigureAwait(false))
        {
            return;
        }

        ChildLog.Killed(logger, process.Id, patience.TotalSeconds);
        Kill(process, options, logger);
        _ = await ChildProcess.IsDoneAsync(process.Exited, KillPatience).ConfigureAwait(false);
    }

    private static void Kill(ChildProcess process, IpcProcessOptions options, ILogger logger)
    {
        if (process.Kill(options.KillEntireProcessTree) is { } failure)
        {
            ChildLog.NotKilled(logger, process.Id, failure);
        }
    }
}
