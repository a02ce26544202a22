using System.Collections.Concurrent;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Descriptors;
using Contracts.Ipc.Transports.StandardIO;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>Stands in for the standard streams of a child, so that it can be in the same process as its parent: a pair of pipes for each that listens.</summary>
internal sealed class LaidPipes : StandardStreams
{
    private readonly ConcurrentQueue<(SafeDescriptor Reading, SafeDescriptor Writing)> _parents = new();
    private FrameChannel? _child;

    internal static Meeting NewMeeting()
    {
        StandardIOTransport.Streams = new LaidPipes();
        return new Meeting(IpcEndpoint.StandardIO, IpcEndpoint.StandardIO);
    }

    public override FrameChannel Serve(IpcEndpoint endpoint, int maximumFrameLength)
    {
        if (_child is { CloseReason: null })
        {
            throw StandardIOError.TakenAlready(endpoint);
        }

        (SafeDescriptor toChild, SafeDescriptor fromParent) = DescriptorTable.MakePipe();
        (SafeDescriptor toParent, SafeDescriptor fromChild) = DescriptorTable.MakePipe();
        _parents.Enqueue((toParent, fromParent));
        _child = Open(toChild, fromChild, maximumFrameLength);
        return _child;
    }

    public override FrameChannel Connect(int maximumFrameLength)
        => _parents.TryDequeue(out (SafeDescriptor Reading, SafeDescriptor Writing) ends)
            ? Open(ends.Reading, ends.Writing, maximumFrameLength)
            : throw TransportError.NobodyListens(IpcEndpoint.StandardIO);

    private static DescriptorChannel<FileIO> Open(SafeDescriptor reading, SafeDescriptor writing, int maximumFrameLength)
    {
        DescriptorTable.SetNonBlocking(reading);
        DescriptorTable.SetNonBlocking(writing);
        return new DescriptorChannel<FileIO>(reading, writing, new PeerIdentity(ProcessId: Environment.ProcessId), maximumFrameLength);
    }
}
