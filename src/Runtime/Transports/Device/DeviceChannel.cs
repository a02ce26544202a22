using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.Device;

/// <summary>Frames over a line. The kernel does not always tell of the other side's end, so each side says it: by a mark in the place of a frame's length.</summary>
internal sealed class DeviceChannel(DeviceLine line, int maximumFrameLength) : DescriptorChannel<FileIO>(line.Device, line.Device, default, maximumFrameLength)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the device can be opened again.</summary>
    public Task Released => _released.Task;

    public override ReceiveStatus Receive(IFrameSink sink)
    {
        try
        {
            return base.Receive(sink);
        }
        catch (IpcProtocolException) when (BadLength is (uint)LineMark.End)
        {
            Close(TransportError.PeerClosed());
        }
        catch (IpcProtocolException) when (BadLength is (uint)LineMark.Open)
        {
            // Its first bytes are lost here; it is repeated until somebody answers.
            Close(DeviceError.BeganAnew());
        }

        return ReceiveStatus.Closed;
    }

    // Reading the end of the file, or EIO, is how a line says that it was hung up.
    protected override Exception EndOf(int error) => error is 0 or Errno.EIO && !IsInsideFrame ? DeviceError.HungUp() : base.EndOf(error);

    protected override void OnClosing() => line.SendEnd();

    /// <summary>On a pool thread: closing a serial line waits until what was written has gone, up to half a minute if the other side does not take it.</summary>
    protected override void Release() => _ = ThreadPool.UnsafeQueueUserWorkItem(static channel => channel.CloseLine(), this, preferLocal: false);

    private void CloseLine()
    {
        line.Dispose();
        _released.SetResult();
    }
}
