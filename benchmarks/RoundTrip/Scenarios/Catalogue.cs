using Contracts.Ipc.Benchmarks.RoundTrip.Contract;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>Everything that is measured.</summary>
internal static class Catalogue
{
    private const int Small = 64;
    private const int Mebibyte = 1 << 20;

    private static readonly TimeSpan FiveMilliseconds = TimeSpan.FromMilliseconds(5);

    private static readonly ContractSide Awake = new();
    private static readonly ContractSide Asleep = new(PollingBudget: TimeSpan.Zero);
    private static readonly ContractSide Pool = new(PollingBudget: TimeSpan.Zero, ThroughPool: true);

    private static readonly ContractSide SharedAwake = new() { Scheme = "shm" };
    private static readonly ContractSide SharedAsleep = new(PollingBudget: TimeSpan.Zero) { Scheme = "shm" };

    private static readonly ContractSide PosixAwake = new() { Scheme = "mq" };
    private static readonly ContractSide PosixAsleep = new(PollingBudget: TimeSpan.Zero) { Scheme = "mq" };

    private static readonly ContractSide FifoAwake = new() { Scheme = "fifo" };
    private static readonly ContractSide FifoAsleep = new(PollingBudget: TimeSpan.Zero) { Scheme = "fifo" };

    private static readonly ContractSide QueueAwake = new() { Scheme = "sysv" };
    private static readonly ContractSide QueueAsleep = new(PollingBudget: TimeSpan.Zero) { Scheme = "sysv" };

    private static readonly byte[] Bytes = new byte[Mebibyte];
    private static readonly List<Item> Items = Item.Thousand();
    private static readonly CancellationTokenSource Source = new();

    /// <summary>Arrays of 1 MiB in the young generation: most of what an echo of fresh arrays costs is the large object heap.</summary>
    private static readonly Dictionary<string, string> LargerObjects = new() { ["DOTNET_GCLOHThreshold"] = "200000" };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("socket-blocking", ".NET socket, blocking, 64 bytes", new SocketSide(Small, false), Calls.BlockingSocket(Small)) { IsQuick = true },
        new("socket-async", ".NET socket, async, 64 bytes", new SocketSide(Small, true), Calls.AwaitingSocket(Small)),
        new("awake-sync", "awake, synchronous, two ints", Awake, Calls.Blocking(static b => b.Add(2, 3))) { IsQuick = true },
        new("awake-async", "awake, ValueTask, two ints", Awake, Calls.Awaiting(static b => b.AddAsync(2, 3))) { IsQuick = true },
        new("awake-block", "awake, ValueTask, 64 bytes there and back", Awake, Calls.Awaiting(static b => b.EchoBlockAsync(Block.Full))),
        new("awake-token", "awake, ValueTask, two ints and a token", Awake, Calls.Awaiting(static b => b.AddAsync(2, 3, Source.Token))),
        new("asleep-sync", "asleep, synchronous", Asleep, Calls.Blocking(static b => b.Add(2, 3))) { IsQuick = true },
        new("asleep-inline", "asleep, ValueTask, inline continuation", Asleep, Calls.Awaiting(static b => b.AddAsync(2, 3))) { IsQuick = true },
        new("asleep-pool", "asleep, ValueTask, thread pool on both sides", Pool, Calls.Awaiting(static b => b.AddAsync(2, 3))),
        new("callers-64", "64 callers on one connection", Awake, Calls.Concurrent(64, static b => b.AddAsync(2, 3))) { IsQuick = true },
        new("socket-bulk-blocking", ".NET socket, blocking, 1 MiB", new SocketSide(Mebibyte, false), Calls.BlockingSocket(Mebibyte)) { PayloadLength = Mebibyte },
        new("socket-bulk-async", ".NET socket, async, 1 MiB", new SocketSide(Mebibyte, true), Calls.AwaitingSocket(Mebibyte)) { PayloadLength = Mebibyte },
        new("socket-bulk-fresh", ".NET socket, blocking, 1 MiB, an array per message", new SocketSide(Mebibyte, false, FreshArrays: true), Calls.BlockingSocketWithFreshArrays(Mebibyte)) { PayloadLength = Mebibyte },
        new("bulk", "echo of 1 MiB (byte[])", Awake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte, IsQuick = true },
        new("bulk-loh", "echo of 1 MiB (byte[]), `System.GC.LOHThreshold` 2 MiB", Awake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte, Environment = LargerObjects },
        new("records", "echo of 1000 records", Awake, Calls.Awaiting(static b => b.EchoItemsAsync(Items))) { IsQuick = true },
        new("socket-paced-blocking", ".NET socket, blocking, every 5 ms", new SocketSide(Small, false), Calls.BlockingSocket(Small, FiveMilliseconds)) { IsQuick = true },
        new("socket-paced-async", ".NET socket, async, every 5 ms", new SocketSide(Small, true), Calls.AwaitingSocket(Small, FiveMilliseconds)),
        new("paced-sync", "a synchronous call every 5 ms", Awake, Calls.Blocking(static b => b.Add(2, 3), FiveMilliseconds)) { IsQuick = true },
        new("paced-async", "a ValueTask call every 5 ms", Awake, Calls.Awaiting(static b => b.AddAsync(2, 3), FiveMilliseconds)),
        new("shm-awake-sync", "shm, awake, synchronous, two ints", SharedAwake, Calls.Blocking(static b => b.Add(2, 3))) { IsQuick = true, AcrossOnly = true },
        new("shm-awake-async", "shm, awake, ValueTask, two ints", SharedAwake, Calls.Awaiting(static b => b.AddAsync(2, 3))) { IsQuick = true, AcrossOnly = true },
        new("shm-awake-block", "shm, awake, ValueTask, 64 bytes there and back", SharedAwake, Calls.Awaiting(static b => b.EchoBlockAsync(Block.Full))) { AcrossOnly = true },
        new("shm-asleep-sync", "shm, asleep, synchronous", SharedAsleep, Calls.Blocking(static b => b.Add(2, 3))) { IsQuick = true },
        new("shm-asleep-inline", "shm, asleep, ValueTask, inline continuation", SharedAsleep, Calls.Awaiting(static b => b.AddAsync(2, 3))),
        new("shm-callers-64", "shm, 64 callers on one connection", SharedAwake, Calls.Concurrent(64, static b => b.AddAsync(2, 3))) { AcrossOnly = true },
        new("shm-connections-2", "shm, the same call in turn over 2 connections", SharedAwake, new Workloads.ManyConnections(2)) { AcrossOnly = true },
        new("shm-connections-8", "shm, the same call in turn over 8 connections", SharedAwake, new Workloads.ManyConnections(8)) { AcrossOnly = true },
        new("shm-connections-64", "shm, the same call in turn over 64 connections", SharedAwake, new Workloads.ManyConnections(64)) { AcrossOnly = true },
        new("shm-one-way", "shm, one-way calls", SharedAwake, Calls.Blocking(static b => b.Note(2))) { AcrossOnly = true },
        new("shm-bulk", "shm, echo of 1 MiB (byte[])", SharedAwake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte, IsQuick = true },
        new("shm-bulk-loh", "shm, echo of 1 MiB (byte[]), `System.GC.LOHThreshold` 2 MiB", SharedAwake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte, Environment = LargerObjects },
        new("shm-bulk-2m", "shm, echo of 1 MiB (byte[]), rings of 2 MiB, `LOHThreshold` 2 MiB", new ContractSide(RingCapacity: 2 * Mebibyte) { Scheme = "shm" }, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte, Environment = LargerObjects },
        new("shm-paced-sync", "shm, a synchronous call every 5 ms", SharedAwake, Calls.Blocking(static b => b.Add(2, 3), FiveMilliseconds)),
        new("shm-idle", "shm, 100 idle connections", SharedAwake, new Workloads.IdleConnections(100)) { AcrossOnly = true },
        new("mq-awake-sync", "mq, awake, synchronous, two ints", PosixAwake, Calls.Blocking(static b => b.Add(2, 3))) { AcrossOnly = true },
        new("mq-awake-async", "mq, awake, ValueTask, two ints", PosixAwake, Calls.Awaiting(static b => b.AddAsync(2, 3))) { AcrossOnly = true },
        new("mq-asleep-sync", "mq, asleep, synchronous", PosixAsleep, Calls.Blocking(static b => b.Add(2, 3))),
        new("mq-asleep-inline", "mq, asleep, ValueTask, inline continuation", PosixAsleep, Calls.Awaiting(static b => b.AddAsync(2, 3))),
        new("mq-bulk", "mq, echo of 1 MiB (byte[])", PosixAwake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte },
        new("mq-idle", "mq, 64 idle connections", PosixAwake, new Workloads.IdleConnections(64)) { AcrossOnly = true },
        new("fifo-awake-sync", "fifo, awake, synchronous, two ints", FifoAwake, Calls.Blocking(static b => b.Add(2, 3))) { AcrossOnly = true },
        new("fifo-awake-async", "fifo, awake, ValueTask, two ints", FifoAwake, Calls.Awaiting(static b => b.AddAsync(2, 3))) { AcrossOnly = true },
        new("fifo-asleep-sync", "fifo, asleep, synchronous", FifoAsleep, Calls.Blocking(static b => b.Add(2, 3))),
        new("fifo-asleep-inline", "fifo, asleep, ValueTask, inline continuation", FifoAsleep, Calls.Awaiting(static b => b.AddAsync(2, 3))),
        new("fifo-bulk", "fifo, echo of 1 MiB (byte[])", FifoAwake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte },
        new("fifo-idle", "fifo, 100 idle connections", FifoAwake, new Workloads.IdleConnections(100)) { AcrossOnly = true },
        new("sysv-awake-sync", "sysv, awake, synchronous, two ints", QueueAwake, Calls.Blocking(static b => b.Add(2, 3))) { AcrossOnly = true },
        new("sysv-awake-async", "sysv, awake, ValueTask, two ints", QueueAwake, Calls.Awaiting(static b => b.AddAsync(2, 3))) { AcrossOnly = true },
        new("sysv-asleep-sync", "sysv, asleep, synchronous", QueueAsleep, Calls.Blocking(static b => b.Add(2, 3))),
        new("sysv-asleep-inline", "sysv, asleep, ValueTask, inline continuation", QueueAsleep, Calls.Awaiting(static b => b.AddAsync(2, 3))),
        new("sysv-bulk", "sysv, echo of 1 MiB (byte[])", QueueAwake, Calls.Awaiting(static b => b.EchoBytesAsync(Bytes))) { PayloadLength = Mebibyte },
        new("sysv-idle", "sysv, 100 idle connections", QueueAwake, new Workloads.IdleConnections(100)) { AcrossOnly = true },
        new("idle", "100 idle connections", Awake, new Workloads.IdleConnections(100)) { AcrossOnly = true, IsQuick = true },
    ];

    public static Scenario Find(string name)
        => All.FirstOrDefault(scenario => scenario.Name == name) ?? throw new ArgumentException($"No scenario is named '{name}'.", nameof(name));
}
