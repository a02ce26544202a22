using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>Contracts of one-way methods without parameters, each method a POSIX real-time signal: <c>signal:name</c>. Linux only, and one user only.</summary>
/// <remarks>
/// A server writes down who it is and which signal means what (<see cref="SignalRecord"/>); clients read it and send. Nothing else passes between the two: there is no connection in the
/// kernel, and programs in any language, or a shell, may send as well.
/// </remarks>
internal sealed class SignalTransport : Transport
{
    public override string Scheme => "signal";

    public override bool CarriesOnlySignals => true;

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        return options.SignalMethods.Count == 0
            ? throw SignalError.NothingOffered(endpoint)
            : new ValueTask<ChannelListener>(SignalListener.Open(endpoint, options));
    }

    public override ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        Check(endpoint, options);
        string path = SignalRecordFile.PathOf(endpoint.Address);
        SignalRecordFile? file = null;
        SafeDescriptor? process = null;
        try
        {
            file = SignalRecordFile.TryOpen(path, out SignalRecord? record);
            if (file is null || record is null || !file.IsOpen())
            {
                throw TransportError.NobodyListens(endpoint);
            }

            process = Verify(endpoint, record);
            SignalClientChannel channel = SignalClientChannel.Create(
                record, file, process, new PeerIdentity(UserId: Files.EffectiveUserId, ProcessId: (int)record.Process.Id), options.MaximumFrameLength);
            file = null;
            process = null;
            return new ValueTask<FrameChannel>(channel);
        }
        catch (FormatException cause)
        {
            throw SignalError.BadRecord(endpoint, path, cause.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TransportError.CannotConnect(endpoint, error.Message, error);
        }
        finally
        {
            process?.Dispose();
            file?.Dispose();
        }
    }

    /// <summary>Makes sure that the process which the record names is the one that wrote it, of this user, and will survive the signals.</summary>
    /// <returns>Stands for the process; null where the kernel has no such descriptors.</returns>
    private static SafeDescriptor? Verify(IpcEndpoint endpoint, SignalRecord record)
    {
        ulong here = MutexIdentity.Own.PidNamespace;
        if (record.PidNamespace != here && record.PidNamespace != 0 && here != 0)
        {
            throw SignalError.OtherPidNamespace(endpoint);
        }

        SafeDescriptor? process = record.Process.TryOpen(out bool isUnknown);
        try
        {
            // After the descriptor: what /proc says is then about the process that it stands for.
            if ((process is null && !(isUnknown && record.Process.IsAlive())) || ProcessStatus.Of((int)record.Process.Id) is not { } status)
            {
                throw TransportError.NobodyListens(endpoint);
            }

            if (status.EffectiveUserId != Files.EffectiveUserId)
            {
                throw TransportError.MayNotConnect(endpoint);
            }

            foreach ((int signal, _) in record.Signals)
            {
                if (!status.Catches(signal))
                {
                    throw SignalError.NotCaught(endpoint, (int)record.Process.Id, signal);
                }
            }

            SafeDescriptor? verified = process;
            process = null;
            return verified;
        }
        finally
        {
            process?.Dispose();
        }
    }

    private static void Check(IpcEndpoint endpoint, TransportOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw SignalError.NotHere(endpoint);
        }

        if (!options.SameUserOnly)
        {
            throw SignalError.OtherUsers(endpoint);
        }
    }
}
