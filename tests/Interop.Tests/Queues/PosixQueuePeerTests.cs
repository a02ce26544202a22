using System.Globalization;
using Contracts.Ipc.Interop.Tests.SharedMemory;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Interop.Tests.Queues;

/// <summary>A program in C that knows nothing of this library but docs/protocol.md calls a server over message queues.</summary>
public sealed partial class PosixQueuePeerTests(CCompiler compiler) : IClassFixture<CCompiler>
{
    [IpcService(Name = "tests.adder")]
    internal partial interface IAdder
    {
        [IpcMethod(Priority = 5)]
        ValueTask<int> AddAsync(int a, int b);
    }

    [Fact]
    public async Task A_client_in_C_opens_a_connection_calls_and_leaves()
    {
        string name = $"c-{Environment.ProcessId}";
        string method = MethodId.Of("tests.adder/AddAsync").ToString("x16", CultureInfo.InvariantCulture);
        await using var server = new IpcServer();
        server.AddService<IAdder>(new Adder());
        _ = await server.ListenAsync(IpcEndpoint.PosixQueue(name));
        var left = new TaskCompletionSource<IpcCloseReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Connected += (_, connection) => connection.Closed.ContinueWith(closed => left.TrySetResult(closed.Result), TaskScheduler.Default);

        for (int i = 0; i < 3; i++)
        {
            using CPeer client = new(compiler.Compile("mq_peer.c"), name, method, "5", "20", i.ToString(CultureInfo.InvariantCulture));
            Assert.Equal((20 + i).ToString(CultureInfo.InvariantCulture), client.ReadLine());
            Assert.Equal(0, client.Exit());
        }

        Assert.Equal(IpcCloseKind.Lost, (await left.Task.WaitAsync(TimeSpan.FromSeconds(20))).Kind);
        Assert.DoesNotContain(StaleObjects.Find(), stale => stale.Name.Contains(name, StringComparison.Ordinal));
    }

    private sealed class Adder : IAdder
    {
        public ValueTask<int> AddAsync(int a, int b) => new(a + b);
    }
}
