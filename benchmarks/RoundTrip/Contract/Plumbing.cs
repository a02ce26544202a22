using System.Runtime.InteropServices;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;
using Contracts.Ipc.Serialization.Formatters;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Contract;

internal partial interface IBenchmark : IIpcContract<IBenchmark>
{
    static IpcContract<IBenchmark> IIpcContract<IBenchmark>.Contract => Plumbing.Contract;
}

internal static class Plumbing
{
    private static readonly IpcMethod<IBenchmark> M1 = new("B", "Add", static (IBenchmark s, IncomingCall call, ref MessagePackReader r) =>
    {
        int n = call.ReadArgumentCount(ref r, 2);
        int a = r.ReadInt32();
        int b = r.ReadInt32();
        call.EndArguments(ref r, n, 2);
        call.Return<int, Int32Formatter>(s.Add(a, b));
    });

    private static readonly IpcMethod<IBenchmark> M2 = new("B", "AddAsync", static (IBenchmark s, IncomingCall call, ref MessagePackReader r) =>
    {
        int n = call.ReadArgumentCount(ref r, 2);
        int a = r.ReadInt32();
        int b = r.ReadInt32();
        call.EndArguments(ref r, n, 2);
        call.ReturnTask<int, Int32Formatter>(s.AddAsync(a, b, call.CancellationToken));
    });

    private static readonly IpcMethod<IBenchmark> M3 = new("B", "EchoBlockAsync", static (IBenchmark s, IncomingCall call, ref MessagePackReader r) =>
    {
        int n = call.ReadArgumentCount(ref r, 1);
        Block a = BlockFormatter.Read(ref r);
        call.EndArguments(ref r, n, 1);
        call.ReturnTask<Block, BlockFormatter>(s.EchoBlockAsync(a));
    });

    private static readonly IpcMethod<IBenchmark> M4 = new("B", "EchoBytesAsync", static (IBenchmark s, IncomingCall call, ref MessagePackReader r) =>
    {
        int n = call.ReadArgumentCount(ref r, 1);
        byte[] a = ByteArrayFormatter.Read(ref r)!;
        call.EndArguments(ref r, n, 1);
        call.ReturnTask<byte[], BytesFormatter>(s.EchoBytesAsync(a));
    });

    private static readonly IpcMethod<IBenchmark> M5 = new("B", "EchoItemsAsync", static (IBenchmark s, IncomingCall call, ref MessagePackReader r) =>
    {
        int n = call.ReadArgumentCount(ref r, 1);
        List<Item> a = ItemListFormatter.Read(ref r);
        call.EndArguments(ref r, n, 1);
        call.ReturnTask<List<Item>, ItemListFormatter>(s.EchoItemsAsync(a));
    });

    public static IpcContract<IBenchmark> Contract { get; } = new("B", 1, "d", static t => new Proxy(t), [M1, M2, M3, M4, M5], []);

    private sealed class Proxy(IpcProxyTarget t) : IpcProxy(t), IBenchmark
    {
        public int Add(int a, int b) => Call<Two, int, Int32Formatter>(M1, new Two(a, b), default);

        public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default) => CallAsync<Two, int, Int32Formatter>(M2, new Two(a, b), cancellationToken);

        public ValueTask<Block> EchoBlockAsync(Block block) => CallAsync<One<Block, BlockFormatter>, Block, BlockFormatter>(M3, new(block), default);

        public ValueTask<byte[]> EchoBytesAsync(byte[] bytes) => CallAsync<One<byte[], BytesFormatter>, byte[], BytesFormatter>(M4, new(bytes), default);

        public ValueTask<List<Item>> EchoItemsAsync(List<Item> items) => CallAsync<One<List<Item>, ItemListFormatter>, List<Item>, ItemListFormatter>(M5, new(items), default);
    }

    private readonly struct Two(int a, int b) : IIpcArguments
    {
        public void Write(ref MessagePackWriter w)
        {
            w.WriteArrayHeader(2);
            w.Write(a);
            w.Write(b);
        }
    }

    private readonly struct One<T, F>(T value) : IIpcArguments
        where F : struct, IMessageFormatter<T>
    {
        public void Write(ref MessagePackWriter w)
        {
            w.WriteArrayHeader(1);
            F.Write(ref w, value);
        }
    }

    private readonly struct BytesFormatter : IMessageFormatter<byte[]>
    {
        public static void Write(ref MessagePackWriter writer, byte[] value) => writer.WriteBinary(value);

        public static byte[] Read(ref MessagePackReader reader) => ByteArrayFormatter.Read(ref reader)!;
    }

    private readonly struct BlockFormatter : IMessageFormatter<Block>
    {
        public static void Write(ref MessagePackWriter writer, Block v)
        {
            ref byte next = ref RawMessagePack.Reserve(ref writer, 64);
            next = ref RawMessagePack.WriteCode(ref next, 0x97);
            next = ref RawMessagePack.WriteInt64(ref next, v.A);
            next = ref RawMessagePack.WriteInt64(ref next, v.B);
            next = ref RawMessagePack.WriteInt64(ref next, v.C);
            next = ref RawMessagePack.WriteInt64(ref next, v.D);
            next = ref RawMessagePack.WriteInt64(ref next, v.E);
            next = ref RawMessagePack.WriteInt64(ref next, v.F);
            next = ref RawMessagePack.WriteInt64(ref next, v.G);
            RawMessagePack.Advance(ref writer, ref next);
        }

        public static Block Read(ref MessagePackReader r)
        {
            _ = r.EnterArray();
            var b = new Block(r.ReadInt64(), r.ReadInt64(), r.ReadInt64(), r.ReadInt64(), r.ReadInt64(), r.ReadInt64(), r.ReadInt64());
            r.Leave();
            return b;
        }
    }

    private readonly struct ItemListFormatter : IMessageFormatter<List<Item>>
    {
        public static void Write(ref MessagePackWriter writer, List<Item> value)
        {
            ReadOnlySpan<Item> items = CollectionsMarshal.AsSpan(value);
            writer.WriteArrayHeader(items.Length);
            foreach (Item item in items)
            {
                ref byte next = ref RawMessagePack.Reserve(ref writer, 47);
                next = ref RawMessagePack.WriteCode(ref next, 0x93);
                next = ref RawMessagePack.WriteInt32(ref next, item.Id);
                next = ref RawMessagePack.WriteString(ref writer, ref next, item.Name, 9);
                next = ref RawMessagePack.WriteDouble(ref next, item.Price);
                RawMessagePack.Advance(ref writer, ref next);
            }
        }

        public static List<Item> Read(ref MessagePackReader reader)
        {
            _ = reader.TryEnterArray(out int count);
            var list = new List<Item>(count);
            CollectionsMarshal.SetCount(list, count);
            Span<Item> items = CollectionsMarshal.AsSpan(list);
            for (int i = 0; i < items.Length; i++)
            {
                _ = reader.TryEnterArray(out _);
                items[i] = new Item(reader.ReadInt32(), reader.ReadString()!, reader.ReadDouble());
                reader.Leave();
            }

            reader.Leave();
            return list;
        }
    }
}
