using System.IO.Pipes;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;
using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>The pipes by their descriptors, copied out of the streams that .NET has made of them. Linux only.</summary>
/// <remarks>
/// The streams are closed before anything was read through them: with the first asynchronous read .NET would watch the pipe, for as long as a copy of its
/// descriptor lives, and wake a thread of its own for each message.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class DescriptorPipes : ChildPipes, IReadinessHandler
{
    private SafeDescriptor? _reading;
    private SafeDescriptor? _writing;
    private ReactorRegistration? _registration;
    private TaskCompletionSource? _readable;

    public DescriptorPipes(PipeStream reading, PipeStream writing)
    {
        try
        {
            _reading = DescriptorTable.Duplicate(reading.SafePipeHandle);
            _writing = DescriptorTable.Duplicate(writing.SafePipeHandle);
            reading.Dispose();
            writing.Dispose();
            DescriptorTable.SetNonBlocking(_reading);
            DescriptorTable.SetNonBlocking(_writing);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (true)
        {
            int count = FileIO.Receive(_reading!.Number, destination.Span);
            if (count >= 0)
            {
                return count;
            }

            if (-count != Errno.EAGAIN)
            {
                throw new NativeException("read", -count);
            }

            await WhenReadableAsync(_reading.Number).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override FrameChannel Open(PeerIdentity peer, int maximumFrameLength)
    {
        _registration?.Remove();
        _registration = null;
        var channel = new DescriptorChannel<FileIO>(_reading!, _writing!, peer, maximumFrameLength);
        _reading = null;
        _writing = null;
        return channel;
    }

    public override void Dispose()
    {
        _registration?.Remove();
        _reading?.Dispose();
        _writing?.Dispose();
    }

    void IReadinessHandler.OnReady(Readiness readiness) => Volatile.Read(ref _readable)?.TrySetResult();

    private Task WhenReadableAsync(int descriptor)
    {
        var readable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _readable, readable);
        _registration ??= Reactor.Shared.Register(descriptor, this);
        _registration.ArmReadable();
        return readable.Task;
    }
}
