using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Contracts.Ipc.Integration.Tests.SharedMemory;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.TestPeer;

/// <summary>A process that holds something until a line comes, or does something until somebody kills it.</summary>
[SupportedOSPlatform("linux")]
internal static class SynchronizationRole
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Run(string command, string name, string argument)
    {
        switch (command)
        {
            case "inside":
                StayInside(name, Number(argument));
                break;
            case "mutex-hold":
                HoldMutex(name);
                break;
            case "mutex-spin":
                SpinMutex(name);
                break;
            case "permits-hold":
                HoldPermits(name, Number(argument));
                break;
            case "permits-spin":
                SpinPermits(name);
                break;
            case "read-hold":
                HoldReading(name);
                break;
            case "write-hold":
                HoldWriting(name);
                break;
            case "lock-spin":
                SpinLock(name, Number(argument));
                break;
            case "event-pass":
                PassEvent(name, argument);
                break;
            case "produce":
                Produce(name, argument);
                break;
            case "consume":
                Consume(name, Number(argument));
                break;
            case "forward":
                Forward(name, argument);
                break;
            default:
                throw new ArgumentException($"There is no command '{command}'.", nameof(command));
        }
    }

    // In the middle of an operation: with the mutex that guards the words of the object.
    private static unsafe void StayInside(string name, int offset)
    {
        using SafeDescriptor file = SharedFile.TryOpenNamed("/contracts." + name, writable: true)!;
        using MappedMemory memory = MappedMemory.Map(file, 4096, writable: true);
        _ = RobustMutex.Lock(memory.Start + offset);
        SayAndStay("inside");
        RobustMutex.Unlock(memory.Start + offset);
    }

    private static void HoldMutex(string name)
    {
        using SharedMutex mutex = SharedMutex.Open(name);
        using SharedMutexGuard guard = mutex.Lock(Patience);
        SayAndStay("holding");
    }

    private static void SpinMutex(string name)
    {
        using SharedMutex mutex = SharedMutex.Open(name);
        Say("spinning");
        while (true)
        {
            mutex.Lock(Patience).Dispose();
        }
    }

    private static void HoldPermits(string name, int count)
    {
        using SharedSemaphore semaphore = SharedSemaphore.Open(name);
        for (int i = 0; i < count; i++)
        {
            _ = semaphore.Wait(Patience);
        }

        SayAndStay("holding");
    }

    private static void SpinPermits(string name)
    {
        using SharedSemaphore semaphore = SharedSemaphore.Open(name);
        Say("spinning");
        while (semaphore.Wait(Patience))
        {
            _ = semaphore.Release();
        }
    }

    private static void HoldReading(string name)
    {
        using SharedReaderWriterLock one = SharedReaderWriterLock.Open(name);
        using SharedReadGuard guard = one.LockRead(Patience);
        SayAndStay("holding");
    }

    private static void HoldWriting(string name)
    {
        using SharedReaderWriterLock one = SharedReaderWriterLock.Open(name);
        using SharedWriteGuard guard = one.LockWrite(Patience);
        SayAndStay("holding");
    }

    private static void SpinLock(string name, int seed)
    {
        var random = new Random(seed);
        using SharedReaderWriterLock one = SharedReaderWriterLock.Open(name);
        Say("spinning");
        while (true)
        {
            if (random.Next(3) == 0)
            {
                one.LockWrite(Patience).Dispose();
            }
            else
            {
                one.LockRead(Patience).Dispose();
            }
        }
    }

    private static void PassEvent(string name, string passedName)
    {
        using SharedEvent one = SharedEvent.Open(name);
        using SharedSemaphore passed = SharedSemaphore.Open(passedName);
        Say("waiting");
        while (one.Wait(Timeout.InfiniteTimeSpan))
        {
            _ = passed.Release();
        }
    }

    private static void Produce(string name, string argument)
    {
        string[] parts = argument.Split(':');
        int sender = Number(parts[0]);
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Open(name);
        Say("producing");
        for (int i = 0; i < Number(parts[1]); i++)
        {
            queue.Enqueue(Parcel.Of(sender, i), Patience);
        }

        Say("done");
    }

    // Says what it got, in one line.
    private static void Consume(string name, int count)
    {
        using SharedQueue<Parcel> queue = SharedQueue<Parcel>.Open(name);
        Say("consuming");
        var got = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            Parcel parcel = queue.Dequeue(Patience);
            _ = got.Append(CultureInfo.InvariantCulture, $"{(parcel.IsIntact ? parcel.Sender : -1)}:{parcel.Number} ");
        }

        Say(got.ToString());
    }

    private static void Forward(string from, string to)
    {
        using SharedQueue<Parcel> source = SharedQueue<Parcel>.Open(from);
        using SharedQueue<Parcel> target = SharedQueue<Parcel>.Open(to);
        Say("forwarding");
        while (true)
        {
            target.Enqueue(source.Dequeue(Timeout.InfiniteTimeSpan), Timeout.InfiniteTimeSpan);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void SayAndStay(string what)
    {
        Say(what);
        _ = Console.ReadLine();
    }

    private static void Say(string what)
    {
        Console.WriteLine(what);
        Console.Out.Flush();
    }
}
