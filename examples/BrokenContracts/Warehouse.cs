// Shared memory as somebody uses it who takes a segment for an ordinary variable.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Contracts.Ipc.SharedMemory;

namespace BrokenContracts;

internal static class Warehouse
{
    public static void Fill(SharedSegment<Shelf> segment)
    {
        using var guard = segment.Lock();
        Shelf shelf = guard.Value;
        shelf.Items = 10; // IPC4101: the copy is full, the shelf is not
    }

    public static void AddOne(SharedSegment<Shelf> segment)
    {
        Shelf shelf = segment.Read();
        shelf.Items++;
        segment.Write(shelf); // IPC4102: what another process added meanwhile is gone
    }

    public static void AddAnother(SharedSegment<Shelf> segment)
    {
        using var guard = segment.Lock();
        Shelf shelf = guard.Value;
        Interlocked.Increment(ref shelf.Items); // IPC4103: the copy is alone anyway
    }

    public static void AddAtomically(SharedSegment<Shelf> segment)
    {
        using var guard = segment.Lock();
        Interlocked.Increment(ref guard.Value.Items); // IPC4104: nobody else sees this value
    }

    public static void Print(SharedMutex printer, string text)
    {
        printer.Lock(TimeSpan.FromSeconds(5)); // IPC4105: nobody else will ever print
        Console.WriteLine(text);
    }

    public static void Weigh(SharedSegment<Shelf> segment, double weight)
    {
        using var guard = segment.Lock();
        Shelf next = guard.Published;
        next.Weight = weight;
        segment.Write(next); // IPC4106: the lock is held already
    }

    public static void Mark(SharedMutex mutex)
    {
        lock (mutex) // IPC4109: other processes do not see this lock
        {
            Console.Out.Flush();
        }
    }

    public static int Look(string name)
    {
        var segment = SharedSegment<Shelf>.OpenReadOnly(name); // IPC4111: mapped for ever
        return segment.Read().Items;
    }

    public static void Reset(string name)
    {
        using var segment = SharedSegment<Shelf>.OpenReadOnly(name);
        segment.Write(default); // IPC4113: opened for reading
    }

    public static SharedMutex Printer() => SharedMutex.OpenOrCreate("/broken-contracts/printer"); // IPC4114: not a path

    public static SharedMemoryOptions ForEverybody() => new()
    {
        Permissions = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, // IPC4115: no one else may write
    };

    public static int LookOnce(string name)
    {
        using var segment = SharedSegment<Shelf>.OpenReadOnly(name, new SharedMemoryOptions { UnlinkOnDispose = true }); // IPC4116: the next reader finds nothing
        return segment.Read().Items;
    }

    public static Shelf Next(SharedQueue<Shelf> queue)
    {
        Shelf next;
        while (!queue.TryDequeue(out next)) // IPC4117: asks and asks
        {
            Thread.Sleep(1);
        }

        return next;
    }

    public static void WaitForItems(ref Shelf shelf)
    {
        while (shelf.Items == 0) // IPC4118: may be read once, and never again
        {
        }
    }

    public static void Send(SharedQueue<Shelf> queue, Shelf shelf)
    {
        queue.TryEnqueue(shelf); // IPC4121: lost if the queue is full
    }

    public static double Average(SharedSegment<Shelf> segment)
    {
        double weight = segment.Read().Weight;
        int items = segment.Read().Items; // IPC4122: of another moment
        return items == 0 ? 0 : weight / items;
    }

    public static void Sell(SharedSegment<Shelf> segment)
    {
        segment.Update(static (ref Shelf shelf) => shelf.Items--);
        segment.Update(static (ref Shelf shelf) => shelf.Sold++); // IPC4123: one sale, published twice
    }

    public static void Load(SharedSegment<Shelf> segment, double weight)
    {
        segment.Update((ref Shelf shelf) => shelf.Weight += weight); // IPC4124: a closure for each load
    }

    public static int SizeOfShelf() => Marshal.SizeOf<Shelf>(); // IPC4125: the size it would have elsewhere

    public static Shelf Empty()
    {
        Unsafe.SkipInit(out Shelf shelf); // IPC4126: full of what was there before
        return shelf;
    }
}
