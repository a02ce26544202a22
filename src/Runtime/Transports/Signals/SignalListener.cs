using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>Takes signals for the contracts of a server: one channel after the other, each for all clients.</summary>
/// <remarks>
/// The order is what keeps the process alive: numbers are caught before a record names them, the record goes before they are given back, and even then they
/// stay caught (<see cref="SignalNumbers"/>), because a real-time signal without a handler ends the process.
/// </remarks>
internal sealed class SignalListener : ChannelListener
{
    private readonly Lock _gate = new();
    private readonly TransportOptions _options;
    private readonly string _path;
    private readonly NameClaim _claim;
    private readonly SignalLease _lease;
    private readonly OwnedObject _journal;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reachable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SignalServerChannel? _current;

    private SignalListener(IpcEndpoint endpoint, TransportOptions options, string path, NameClaim claim, SignalLease lease, OwnedObject journal)
    {
        Endpoint = endpoint;
        _options = options;
        _path = path;
        _claim = claim;
        _lease = lease;
        _journal = journal;
        lease.Deliver(index => Volatile.Read(ref _current)?.OnSignal(index));
    }

    public override IpcEndpoint Endpoint { get; }

    public override Task Reachable => _reachable.Task;

    /// <summary>Takes name and numbers.</summary>
    public static SignalListener Open(IpcEndpoint endpoint, TransportOptions options)
    {
        string path = SignalRecordFile.PathOf(endpoint.Address);
        NameClaim? claim = NameClaim.Take(endpoint, path + ".lock");
        SignalLease? lease = null;
        OwnedObject? journal = null;
        try
        {
            // Whatever is there was left by a dead server.
            File.Delete(path);
            lease = SignalNumbers.Take(endpoint, options.SignalMethods.Count);
            journal = OwnerJournal.Record(OwnedKind.File, path);
            SignalListener listener = new(endpoint, options, path, claim, lease, journal);
            claim = null;
            lease = null;
            journal = null;
            return listener;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TransportError.CannotListen(endpoint, error.Message, error);
        }
        finally
        {
            journal?.Dispose();
            lease?.Dispose();
            claim?.Dispose();
        }
    }

    public override async ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        if (_current is { } previous)
        {
            _ = await Task.WhenAny(previous.Closed, _stopped.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (!previous.Published.IsCompletedSuccessfully)
            {
                // The services could not be made: they would not be the next time either. Whoever listens has been told.
                await _stopped.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        SignalServerChannel channel;
        lock (_gate)
        {
            if (_stopped.Task.IsCompleted)
            {
                return null;
            }

            channel = new SignalServerChannel(_options.SignalMethods, Publish, OnChannelEnded, _options.MaximumFrameLength);
            Volatile.Write(ref _current, channel);
        }

        _ = TellWhenPublishedAsync(channel);
        return channel;
    }

    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_stopped.TrySetResult())
            {
                return ValueTask.CompletedTask;
            }

            _current?.StopAdmitting();
        }

        _claim.Dispose();
        _journal.Dispose();
        _ = _reachable.TrySetException(TransportError.CannotListen(Endpoint, "it was stopped before clients could connect."));
        OnChannelEnded();
        return ValueTask.CompletedTask;
    }

    /// <summary>The numbers are the connection's as long as it lives, also when nobody listens any more.</summary>
    private void OnChannelEnded()
    {
        lock (_gate)
        {
            if (_stopped.Task.IsCompleted && _current is not { CloseReason: null })
            {
                _lease.Dispose();
            }
        }
    }

    private SignalRecordFile Publish(byte[] welcome) => SignalRecordFile.Publish(_path, new SignalRecord
    {
        Process = ProcessIdentity.Current,
        PidNamespace = MutexIdentity.Own.PidNamespace,
        Welcome = welcome,
        Signals = [.. _lease.Values.Zip(_options.SignalMethods)],
    });

    private async Task TellWhenPublishedAsync(SignalServerChannel channel)
    {
        try
        {
            await channel.Published.ConfigureAwait(false);
            _ = _reachable.TrySetResult();
        }
        catch (Exception cause)
        {
            _ = _reachable.TrySetException(SignalError.NotPublished(Endpoint, cause));
        }
    }
}
