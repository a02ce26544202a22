using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.UnixSocket;

/// <summary>Frames over an AF_UNIX stream socket.</summary>
internal sealed class UnixSocketChannel(SafeDescriptor socket, PeerIdentity peer, int maximumFrameLength)
    : DescriptorChannel<SocketIO>(socket, socket, peer, maximumFrameLength);
