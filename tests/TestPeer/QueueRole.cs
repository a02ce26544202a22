using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.TestPeer;

/// <summary>Processes that make many queues, or too many.</summary>
[SupportedOSPlatform("linux")]
internal static class QueueRole
{
    internal static async Task<int> RunAsync(string[] args)
    {
        switch (args[0])
        {
            case "crowd":
                await CrowdAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
                return 0;
            case "knock":
                await KnockAsync(args[1]);
                return 0;
            default:
                Hoard(int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
                return 0;
        }
    }

    private static async Task CrowdAsync(IpcEndpoint endpoint, int count)
    {
        await using var server = new IpcServer();
        server.AddService<IPeer>(new Peer());
        _ = await server.ListenAsync(endpoint);
        Task<IpcConnection>[] connecting = [.. Enumerable.Range(0, count).Select(_ => IpcConnection.ConnectAsync(endpoint).AsTask())];
        IpcConnection[] clients = await Task.WhenAll(connecting);
        Console.WriteLine($"connected {server.Connections.Count}");
        for (int round = 0; round < 10; round++)
        {
            int[] answers = await Task.WhenAll(clients.Select((client, i) => client.GetProxy<IPeer>().EchoAsync(i).AsTask()));
            if (!answers.SequenceEqual(Enumerable.Range(0, count)))
            {
                throw new InvalidOperationException("Answers came to the wrong clients.");
            }
        }

        Console.WriteLine("answered");
        foreach (IpcConnection client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static async Task KnockAsync(IpcEndpoint endpoint)
    {
        await using var server = new IpcServer();
        server.AddService<IPeer>(new Peer());
        IpcListener? listener = null;
        List<SafeDescriptor> filled = [];
        while (await Console.In.ReadLineAsync() is { } line)
        {
            try
            {
                switch (line)
                {
                    case "listen":
                        listener = await server.ListenAsync(endpoint);
                        break;
                    case "fill":
                        filled = Fill(8, 1000);
                        break;
                    case "close":
                        await listener!.DisposeAsync();
                        break;
                    case "connect":
                        await using (IpcConnection client = await IpcConnection.ConnectAsync(endpoint))
                        {
                            _ = await client.GetProxy<IPeer>().EchoAsync(1);
                        }

                        break;
                }

                Console.WriteLine("ok");
            }
            catch (IpcException error)
            {
                Console.WriteLine($"{error.GetType().Name} {error.Message}");
            }
        }

        filled.ForEach(static queue => queue.Dispose());
    }

    private static void Hoard(int bytes, int most)
    {
        List<SafeDescriptor> queues = Fill(bytes, most);
        Console.WriteLine($"hoarded {queues.Count}");
        _ = Console.In.ReadLine();
        queues.ForEach(static queue => queue.Dispose());
        Console.WriteLine("released");
        _ = Console.In.ReadLine();
    }

    /// <summary>Makes queues until there is no room. They have no names, so that nothing is left of them.</summary>
    private static List<SafeDescriptor> Fill(int bytes, int most)
    {
        var queues = new List<SafeDescriptor>();
        try
        {
            while (queues.Count < most)
            {
                string name = $"/hoard.{Environment.ProcessId}.{queues.Count}";
                queues.Add(PosixMessageQueue.Create(name, 1, bytes));
                PosixMessageQueue.Remove(name);
            }
        }
        catch (NativeException error) when (error.Errno is Errno.EMFILE or Errno.ENOSPC)
        {
            // That is all there is.
        }

        return queues;
    }
}
