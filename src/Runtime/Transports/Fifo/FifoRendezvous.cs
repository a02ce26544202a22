using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Fifo;

/// <summary>The server's FIFO, into which clients write that they want to be served.</summary>
/// <remarks>
/// The server holds a write end of its own, so that it does not see an end each time the last client has written: end upon end, without ever a wait between them. On a
/// connection's FIFOs nobody does that, because there the end is what tells of the peer's death.
/// </remarks>
internal sealed class FifoRendezvous : IDisposable
{
    private readonly NameClaim _claim;
    private readonly OwnedObject _record;
    private readonly SafeDescriptor _reading;
    private readonly SafeDescriptor _ownWriteEnd;
    private readonly FileStatus _made;
    private readonly DescriptorWatch _watch;
    private readonly MessageScanner<FifoMessage> _messages = new();

    private FifoRendezvous(string path, NameClaim claim, OwnedObject record, SafeDescriptor reading, SafeDescriptor ownWriteEnd)
    {
        Path = path;
        _claim = claim;
        _record = record;
        _reading = reading;
        _ownWriteEnd = ownWriteEnd;
        _made = Files.Status(reading);
        _watch = new DescriptorWatch(reading);
    }

    public string Path { get; }

    /// <summary>How many bytes were no message, in all.</summary>
    public long Skipped => _messages.Skipped;

    /// <summary>Makes the FIFO, after what a dead server left has been removed.</summary>
    /// <exception cref="IpcEndpointException">A server lives there, or something that is not ours to remove.</exception>
    public static FifoRendezvous Make(IpcEndpoint endpoint, string path)
    {
        NameClaim? claim = NameClaim.Take(endpoint, path + ".lock");
        OwnedObject? record = null;
        SafeDescriptor? reading = null;
        SafeDescriptor? writing = null;
        bool isThere = false;
        try
        {
            RemoveStale(endpoint, path);
            record = OwnerJournal.Record(OwnedKind.File, path);
            PosixHelper.MakeFifo(path);
            isThere = true;
            reading = FifoPath.OpenOwn(path, StreamAccess.Read);
            writing = FifoPath.OpenOwn(path, StreamAccess.Write);
            FifoRendezvous made = new(path, claim, record, reading, writing);
            claim = null;
            record = null;
            reading = null;
            writing = null;
            isThere = false;
            return made;
        }
        catch (Exception error) when (error is NativeException or PosixHelperException)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        finally
        {
            if (isThere)
            {
                Files.Remove(path);
            }

            writing?.Dispose();
            reading?.Dispose();
            record?.Dispose();
            claim?.Dispose();
        }
    }

    /// <summary>The next message, whatever is written between them.</summary>
    public async ValueTask<FifoMessage> ReadAsync(CancellationToken cancellationToken)
    {
        FifoMessage message;
        while (!_messages.TryTake(out message))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = FileIO.Receive(_reading.Number, _messages.Room);
            if (count > 0)
            {
                _messages.Commit(count);
            }
            else if (-count == Errno.EAGAIN)
            {
                await _watch.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                throw new NativeException($"read('{Path}')", -count);
            }
        }

        return message;
    }

    /// <summary>Removes the FIFO, if it is still ours, then ends: nobody finds a name that nobody reads.</summary>
    public void Dispose()
    {
        try
        {
            if (Files.Status(Path) is { } now && now.IsSameFileAs(_made))
            {
                Files.Remove(Path);
            }
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. The next server finds a FIFO that nobody reads and removes it.
        }
        finally
        {
            _watch.Dispose();
            _reading.Dispose();
            _ownWriteEnd.Dispose();
            _record.Dispose();
            _claim.Dispose();
        }
    }

    private static void RemoveStale(IpcEndpoint endpoint, string path)
    {
        if (Files.Status(path) is not { } found)
        {
            return;
        }

        if (found.Kind != FileKind.Fifo)
        {
            throw FifoError.NotAFifo(endpoint, path);
        }

        if (found.UserId != Files.EffectiveUserId)
        {
            throw FifoError.OfOtherUser(endpoint, path, found.UserId);
        }

        // Somebody who does not use our lock may read it. Opening to write is the one test that an abandoned FIFO cannot pass.
        using SafeDescriptor? probe = StreamFile.TryOpen(path, StreamAccess.Write, followLink: false, out int error);
        if (probe is not null)
        {
            throw TransportError.InUse(endpoint, null);
        }

        if (error != Errno.ENXIO)
        {
            throw new NativeException($"open('{path}')", error);
        }

        Files.Remove(path);
    }
}
