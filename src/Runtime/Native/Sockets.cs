using System.Runtime.InteropServices;
using System.Text;

namespace Contracts.Ipc.Native;

/// <summary>Set-up of AF_UNIX stream sockets: unix(7). What a channel calls for every frame is in <see cref="SocketIO"/>.</summary>
/// <remarks>
/// These are our own rather than System.Net.Sockets: a single operation pended there makes the descriptor non-blocking for ever and
/// registers it with the runtime's socket engine, whose thread then wakes for every message.
/// </remarks>
internal static unsafe partial class Sockets
{
    /// <summary>The longest path that sun_path takes with its closing zero.</summary>
    public const int MaximumPathLength = 107;

    private const int FamilyUnix = 1;
    private const int Stream = 1;
    private const int Cloexec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int ShutBoth = 2;

    /// <summary>A new socket: non-blocking, closed on exec from its first moment.</summary>
    public static SafeDescriptor CreateUnixStream() =>
        new(NativeError.Check(Create(FamilyUnix, Stream | Cloexec | NonBlocking, 0), "socket"));

    /// <summary>bind(2): makes the path, with the mode that fchmod set on the socket before.</summary>
    public static void Bind(SafeDescriptor socket, string path)
    {
        Address address;
        uint length = Fill(&address, path);
        _ = NativeError.Check(BindCall(socket, &address, length), $"bind('{path}')");
    }

    /// <summary>listen(2): from now on clients can connect; before it they get ECONNREFUSED.</summary>
    public static void Listen(SafeDescriptor socket, int backlog) => _ = NativeError.Check(ListenCall(socket, backlog), "listen");

    /// <summary>connect(2) without waiting.</summary>
    /// <returns>0, or the error number: EAGAIN when the backlog is full, ECONNREFUSED when nobody listens, ENOENT ….</returns>
    public static int Connect(SafeDescriptor socket, string path)
    {
        Address address;
        uint length = Fill(&address, path);
        return ConnectCall(socket, &address, length) == 0 ? 0 : NativeError.Last;
    }

    /// <summary>Connects and disconnects: the one test that a socket without a listener cannot pass.</summary>
    /// <param name="path">Where.</param>
    /// <param name="listener">The process that listens, if it answered.</param>
    /// <returns>As <see cref="Connect"/>.</returns>
    public static int Probe(string path, out int? listener)
    {
        using SafeDescriptor socket = CreateUnixStream();
        int answer = Connect(socket, path);
        listener = answer == 0 ? PeerOf(socket).ProcessId : null;
        return answer;
    }

    /// <summary>accept4(2) without waiting.</summary>
    /// <param name="listener">The listening socket.</param>
    /// <param name="error">The error number if null is returned: EAGAIN when nobody waits, EMFILE ….</param>
    public static SafeDescriptor? TryAccept(SafeDescriptor listener, out int error)
    {
        int descriptor = Accept(listener, 0, 0, Cloexec | NonBlocking);
        error = descriptor < 0 ? NativeError.Last : 0;
        return descriptor < 0 ? null : new SafeDescriptor(descriptor);
    }

    /// <summary>
    /// SO_PEERCRED: who was on the other side when the connection was made (for a client: when the server called listen). A
    /// descriptor that was inherited or passed on keeps the credentials of its maker.
    /// </summary>
    public static PeerIdentity PeerOf(SafeHandle socket)
    {
        Credentials credentials;
        uint length = (uint)sizeof(Credentials);
        _ = NativeError.Check(GetOption(socket, SocketLevel, PeerCredentials, &credentials, &length), "getsockopt(SO_PEERCRED)");
        return new PeerIdentity(credentials.UserId, credentials.GroupId, credentials.ProcessId);
    }

    /// <summary>shutdown(2) of both directions: the peer and every thread that sleeps on this socket see it at once.</summary>
    public static void ShutDown(SafeDescriptor socket) => _ = ShutDownCall(socket, ShutBoth);

    private static uint Fill(Address* address, string path)
    {
        address->Family = FamilyUnix;
        int written = Encoding.UTF8.GetBytes(path, new Span<byte>(address->Path, MaximumPathLength));
        address->Path[written] = 0;
        return (uint)(sizeof(ushort) + written + 1);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Create(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int BindCall(SafeDescriptor socket, Address* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int ListenCall(SafeDescriptor socket, int backlog);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int ConnectCall(SafeDescriptor socket, Address* address, uint length);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept(SafeDescriptor socket, nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeHandle socket, int level, int option, Credentials* value, uint* length);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int ShutDownCall(SafeDescriptor socket, int how);

    // struct sockaddr_un.
    private struct Address
    {
        public ushort Family;
        public fixed byte Path[MaximumPathLength + 1];
    }

    // struct ucred.
    private struct Credentials
    {
        public int ProcessId;
        public uint UserId;
        public uint GroupId;
    }
}
