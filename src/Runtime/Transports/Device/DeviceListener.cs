using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Transports.Device;

/// <summary>Serves the client at the other end of a line, then the next one. The device is opened anew for each: that is what a modem or a virtual machine's host sees.</summary>
internal sealed class DeviceListener : ChannelListener
{
    private readonly DeviceAddress _address;
    private readonly TransportOptions _options;
    private readonly NameClaim _claim;
    private readonly CancellationTokenSource _disposed = new();
    private readonly WaitingRoom _waiting = new();
    private readonly Task _serving;

    /// <param name="endpoint">As clients name it.</param>
    /// <param name="address">The same, parsed.</param>
    /// <param name="claim">The right to listen there; becomes this listener's.</param>
    /// <param name="line">The device, opened to see that it can be; becomes this listener's.</param>
    /// <param name="options">The server's.</param>
    public DeviceListener(IpcEndpoint endpoint, DeviceAddress address, NameClaim claim, DeviceLine line, TransportOptions options)
    {
        Endpoint = endpoint;
        _address = address;
        _claim = claim;
        _options = options;
        _serving = Task.Run(() => ServeAsync(line));
    }

    public override IpcEndpoint Endpoint { get; }

    public override ValueTask<FrameChannel?> AcceptAsync(CancellationToken cancellationToken) => _waiting.AcceptAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(false);
        _waiting.Dispose();
        _claim.Dispose();
    }

    private async Task ServeAsync(DeviceLine? line)
    {
        AcceptBackoff backoff = default;
        try
        {
            while (true)
            {
                line ??= await OpenAsync(backoff).ConfigureAwait(false);
                if (await ListenAsync(line).ConfigureAwait(false))
                {
                    backoff.Reset();
                    DeviceChannel channel = new(line, _options.MaximumFrameLength);
                    line = null;
                    _waiting.OnServed(channel);
                    await channel.Released.WaitAsync(_disposed.Token).ConfigureAwait(false);
                }
                else
                {
                    // Hung up. A device may go on saying so, until there is somebody at the other end.
                    line.Dispose();
                    line = null;
                    await Task.Delay(backoff.Next(), _disposed.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        finally
        {
            line?.Dispose();
        }
    }

    /// <returns>Whether a client has begun; else the line was hung up.</returns>
    private async ValueTask<bool> ListenAsync(DeviceLine line)
    {
        // Whoever is left from an earlier server learns that its connection is over.
        line.SendEnd();
        using DescriptorWatch watch = new(line.Device);
        ulong? opened = null;
        while (await line.ReceiveAsync(watch, _disposed.Token).ConfigureAwait(false) is { } message)
        {
            if (message.Mark == LineMark.Begin && message.Nonce == opened)
            {
                return true;
            }

            // One answer for each client, however often it asks: another one would stand between the frames.
            if (message.Mark == LineMark.Open && message.Nonce != opened)
            {
                if (!await line.SendAsync(LineMark.Opened, message.Nonce, _disposed.Token).ConfigureAwait(false))
                {
                    return false;
                }

                opened = message.Version == LineMessage.CurrentVersion ? message.Nonce : null;
            }
        }

        return false;
    }

    private async ValueTask<DeviceLine> OpenAsync(AcceptBackoff backoff)
    {
        while (true)
        {
            _disposed.Token.ThrowIfCancellationRequested();
            try
            {
                return DeviceLine.Open(_address);
            }
            catch (Exception error) when (error is NativeException or DeviceException)
            {
                int pause = backoff.Next();
                TransportLog.AcceptPaused(_options.Logger, Endpoint, error.Message, pause);
                await Task.Delay(pause, _disposed.Token).ConfigureAwait(false);
            }
        }
    }
}
