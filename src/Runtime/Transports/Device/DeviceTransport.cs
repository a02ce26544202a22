using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Device;

/// <summary>Any duplex character device, a serial line, a pseudoterminal, a port of a virtual machine: <c>device:/dev/ttyS0?baud=115200</c>. Linux only.</summary>
/// <remarks>
/// A line carries one connection at a time, and the bytes of an earlier one may still be on it. The client says that the line begins anew, again and again, until the
/// server answers; both skip everything before that. Who may use the line is said by the rights on the device at each end: nobody is known by name here.
/// </remarks>
internal sealed class DeviceTransport : Transport
{
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReopenInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a device may be busy that this or another program is just closing.</summary>
    private static readonly TimeSpan BusyTime = TimeSpan.FromMilliseconds(500);

    public override string Scheme => "device";

    public override string? Objection(string address) => DeviceAddress.Objection(address);

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        DeviceAddress address = Parse(endpoint);
        NameClaim? claim = NameClaim.Take(endpoint, LockPath(address));
        try
        {
            DeviceListener listener = new(endpoint, address, claim, DeviceLine.Open(address), options);
            claim = null;
            return new ValueTask<ChannelListener>(listener);
        }
        catch (Exception error) when (error is NativeException or DeviceException)
        {
            throw TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        finally
        {
            claim?.Dispose();
        }
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        DeviceAddress address = Parse(endpoint);
        long started = Stopwatch.GetTimestamp();
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.HandshakeTimeout);
        Exception? last = null;
        try
        {
            while (true)
            {
                timeout.Token.ThrowIfCancellationRequested();
                try
                {
                    if (await TryConnectAsync(endpoint, address, options, timeout.Token).ConfigureAwait(false) is { } channel)
                    {
                        return channel;
                    }
                }
                catch (NativeException error) when (error.Errno == Errno.EIO)
                {
                    last = error;
                }
                catch (DeviceException error) when (error.IsBusy)
                {
                    last = Stopwatch.GetElapsedTime(started) < BusyTime ? error : throw DeviceError.InUse(endpoint);
                }

                // Hung up while the line began. It may be another one now, as a modem's or a virtual machine's is.
                await Task.Delay(ReopenInterval, timeout.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw DeviceError.NoServer(endpoint, options.HandshakeTimeout, last);
        }
        catch (Exception error) when (error is NativeException or DeviceException)
        {
            throw TransportError.CannotConnect(endpoint, error.Message + ".", error);
        }
    }

    /// <returns>Null if the line was hung up.</returns>
    private static async ValueTask<DeviceChannel?> TryConnectAsync(
        IpcEndpoint endpoint, DeviceAddress address, TransportOptions options, CancellationToken cancellationToken)
    {
        DeviceLine? line = DeviceLine.Open(address);
        try
        {
            ulong nonce = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            if (await AskAsync(line, nonce, cancellationToken).ConfigureAwait(false) is not { } answer)
            {
                return null;
            }

            if (answer.Version != LineMessage.CurrentVersion)
            {
                throw DeviceError.OtherVersion(endpoint, answer.Version);
            }

            if (!await line.SendAsync(LineMark.Begin, nonce, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            DeviceChannel channel = new(line, options.MaximumFrameLength);
            line = null;
            return channel;
        }
        finally
        {
            line?.Dispose();
        }
    }

    /// <returns>The answer; null if the line was hung up.</returns>
    private static async ValueTask<LineMessage?> AskAsync(DeviceLine line, ulong nonce, CancellationToken cancellationToken)
    {
        using DescriptorWatch watch = new(line.Device);
        while (true)
        {
            if (!await line.SendAsync(LineMark.Open, nonce, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            using CancellationTokenSource repeat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            repeat.CancelAfter(RepeatInterval);
            try
            {
                LineMessage? answer;
                do
                {
                    answer = await line.ReceiveAsync(watch, repeat.Token).ConfigureAwait(false);
                }
                while (answer is { } other && (other.Mark != LineMark.Opened || other.Nonce != nonce));
                return answer;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nobody has heard it yet.
            }
        }
    }

    private static DeviceAddress Parse(IpcEndpoint endpoint)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw DeviceError.NotHere(endpoint);
        }

        FileIO.Prepare();
        return DeviceAddress.Parse(endpoint.Address);
    }

    // By the path as it is given, because the device behind it may change when it is hung up. Whoever names the same device otherwise meets the lock on the device itself.
    private static string LockPath(DeviceAddress address) =>
        Path.Combine(UserDirectory.Get(), $"device-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Path)).AsSpan(0, 8))}.lock");
}
