using System.Diagnostics;
using System.Net.Sockets;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Runtime.Tests.Transports;

/// <summary>Peers that do not use this library: bare sockets and other processes.</summary>
internal static class RawUnixPeer
{
    private const string Python = "/usr/bin/python3";

    public static Socket Connect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    /// <summary>Runs a small program in another process; skips the test where there is no interpreter.</summary>
    public static Process StartPython(string program, params string[] arguments) => Start(Python, ["-c", program, .. arguments]);

    /// <summary>The same, as the user nobody; skips the test unless this user may change to another one.</summary>
    public static Process StartPythonAsNobody(string program, params string[] arguments)
    {
        Assert.SkipUnless(Files.EffectiveUserId == 0 && File.Exists("/usr/bin/setpriv"), "Only root can start a process of another user.");
        return Start("/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Python, "-c", program, .. arguments]);
    }

    private static Process Start(string file, string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Python), "There is no Python.");
        ProcessStartInfo start = new(file, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return Process.Start(start)!;
    }
}
