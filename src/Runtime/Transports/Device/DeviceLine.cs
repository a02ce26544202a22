using System.Buffers.Binary;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.Device;

/// <summary>A device while this process uses it: opened for one connection, alone, raw, and put back as it was at the end.</summary>
internal sealed class DeviceLine : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(5);

    private readonly MessageScanner<LineMessage> _messages = new();
    private readonly TerminalSettings? _original;

    private DeviceLine(SafeDescriptor device, TerminalSettings? original)
    {
        Device = device;
        _original = original;
    }

    public SafeDescriptor Device { get; }

    /// <summary>Opens the device.</summary>
    /// <exception cref="NativeException">It is not there, or has hung up.</exception>
    /// <exception cref="DeviceException">It is no device, or somebody else uses it.</exception>
    public static DeviceLine Open(DeviceAddress address)
    {
        SafeDescriptor? device = StreamFile.TryOpen(address.Path, StreamAccess.ReadWrite, followLink: true, out int error) ?? throw (error == Errno.EBUSY
            ? DeviceError.Busy(address.Path, new NativeException("open", error))
            : new NativeException($"open('{address.Path}')", error));
        try
        {
            if (Files.Status(device).Kind != FileKind.CharacterDevice)
            {
                throw DeviceError.NotADevice(address.Path);
            }

            // The lock keeps off who asks for it, as programs for serial lines do; the flag keeps off the others.
            if (!Files.TryLock(device))
            {
                throw DeviceError.Busy(address.Path);
            }

            TerminalSettings? original = Terminal.Settings(device);
            if (original is { } settings)
            {
                Terminal.SetExclusive(device, true);
                Terminal.Apply(device, settings.AsRaw(address.Baud, address.HardwareFlow, address.WatchCarrier));

                // Not what was written and has not gone: that may be the last of the connection before this one, whose other side still reads.
                Terminal.FlushInput(device);
            }

            DeviceLine line = new(device, original);
            device = null;
            return line;
        }
        finally
        {
            device?.Dispose();
        }
    }

    /// <summary>Waits for a message; whatever else comes is skipped.</summary>
    /// <param name="watch">Of this line's device.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null if the line was hung up.</returns>
    public async ValueTask<LineMessage?> ReceiveAsync(DescriptorWatch watch, CancellationToken cancellationToken)
    {
        LineMessage message;
        while (!_messages.TryTake(out message))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool hasEnded = watch.HasEnded;
            int count = FileIO.Receive(Device.Number, _messages.Room);
            if (count > 0)
            {
                _messages.Commit(count);
            }
            else if (hasEnded || -count != Errno.EAGAIN)
            {
                return null;
            }
            else
            {
                await watch.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return message;
    }

    /// <summary>Sends a message. A line that is full is waited for: nothing but messages has been written to it.</summary>
    /// <returns>False if it was hung up.</returns>
    public async ValueTask<bool> SendAsync(LineMark mark, ulong nonce, CancellationToken cancellationToken)
    {
        byte[] bytes = new LineMessage(mark, LineMessage.CurrentVersion, nonce).ToBytes();
        for (int sent = 0; sent < bytes.Length;)
        {
            int count = FileIO.Send(Device.Number, bytes.AsSpan(sent), default);
            if (count > 0)
            {
                sent += count;
            }
            else if (-count is 0 or Errno.EAGAIN)
            {
                await Task.Delay(RetryInterval, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Says that no more frames come from here, if the line takes it at once.</summary>
    public void SendEnd()
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(end, (uint)LineMark.End);
        _ = FileIO.Send(Device.Number, end, default);
    }

    /// <summary>Puts the settings back and closes the device.</summary>
    public void Dispose()
    {
        if (_original is { } settings && !Device.IsClosed)
        {
            try
            {
                Terminal.SetExclusive(Device, false);
                Terminal.Apply(Device, settings);
            }
            catch (NativeException)
            {
                // Hung up: its settings went with it.
            }
        }

        Device.Dispose();
    }
}
