using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.StandardIO;

namespace Contracts.Ipc.TestPeer;

/// <summary>A process that serves its parent over standard input and output.</summary>
internal static class ChildRole
{
    /// <param name="command"><c>serve</c>; <c>portable</c>, as on systems other than Linux; <c>connect</c>, which a child cannot; <c>parent</c>, which starts a child and waits.</param>
    public static async Task<int> RunAsync(string command)
    {
        switch (command)
        {
            case "connect":
                Console.Error.WriteLine((await Expect.ErrorAsync<IpcConnectionException>(() => IpcConnection.ConnectAsync(IpcEndpoint.StandardIO).AsTask())).Message);
                return 4;
            case "parent":
                return await StartAndWaitAsync();
            case "portable":
                StandardIOTransport.Streams = new PortableStreams();
                break;
        }

        var child = new Child();
        child.WriterFromBefore.WriteLine("printed before");
        Console.Write("unfinished before");
        await using var server = new IpcServer();
        server.AddService<IChild>(connection => child.For(connection));
        server.AddService<ILean>(new Lean());
        await server.RunAsync(IpcEndpoint.StandardIO);
        Console.WriteLine("printed after");
        return 0;
    }

    /// <summary>Says which process it has started, and waits to be killed.</summary>
    private static async Task<int> StartAndWaitAsync()
    {
        await using IpcProcess child = await IpcProcess.StartAsync(new ProcessStartInfo(Environment.ProcessPath!, ["child", "serve"]));
        Console.WriteLine(child.Id);
        await child.Exited;
        return 0;
    }

    private sealed class PortableStreams : StandardStreams
    {
        public override FrameChannel Serve(IpcEndpoint endpoint, int maximumFrameLength) => ConsoleStreams.Take(endpoint, maximumFrameLength);

        public override FrameChannel Connect(int maximumFrameLength) => throw new NotSupportedException();
    }
}
