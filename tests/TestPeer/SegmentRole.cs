using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Integration.Tests.SharedMemory;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.TestPeer;

/// <summary>A process that uses a segment until it has done what was asked, or until somebody kills it in the middle.</summary>
[SupportedOSPlatform("linux")]
internal static class SegmentRole
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Run(string command, string name, string argument)
    {
        switch (command)
        {
            case "hold":
                Hold(name, argument);
                break;
            case "update":
                Update(name, long.Parse(argument, CultureInfo.InvariantCulture));
                break;
            case "write":
                Write(name, long.Parse(argument, CultureInfo.InvariantCulture));
                break;
            case "sleep":
                Sleep(name);
                break;
            case "create":
                Create(name);
                break;
            case "read":
                Read(name, uint.Parse(argument, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"There is no command '{command}'.", nameof(command));
        }
    }

    // Takes the lock, goes as far as asked, and stays there until "go on" comes.
    private static void Hold(string name, string point)
    {
        using var segment = SharedSegment<Telegram>.Open(name);
        using SharedSegmentGuard<Telegram> guard = segment.Lock(Patience);
        switch (point)
        {
            case "touched":
                _ = ref guard.Value;
                break;
            case "half":
                guard.Value.Number = 77;
                break;
            case "whole":
                guard.Value = Telegram.Of(77);
                break;
            case "discarded":
                guard.Value = Telegram.Of(77);
                guard.Discard();
                break;
        }

        Say("holding");
        _ = Console.ReadLine();
    }

    private static void Update(string name, long count)
    {
        using var segment = SharedSegment<Telegram>.Open(name);
        Say("updating");
        for (long i = 0; i < count; i++)
        {
            segment.Update(static (ref Telegram telegram) => telegram = telegram.IsWhole
                ? Telegram.Of(telegram.Number + 1)
                : throw new InvalidOperationException("A torn value was published."));
        }

        Say("done");
    }

    // As fast as it can: every value is made beforehand.
    private static void Write(string name, long count)
    {
        using var segment = SharedSegment<Telegram>.Open(name);
        Telegram[] telegrams = [.. Enumerable.Range(0, 64).Select(static i => Telegram.Of(i + 1))];
        Say("writing");
        for (long i = 0; i < count; i++)
        {
            segment.Write(telegrams[i % telegrams.Length]);
        }

        Say("done");
    }

    private static void Sleep(string name)
    {
        using var segment = SharedSegment<Telegram>.Open(name);
        long seen = segment.Version;
        Say("sleeping");
        while (true)
        {
            _ = segment.WaitForChange(seen, Timeout.InfiniteTimeSpan);
            seen = segment.Version;
        }
    }

    // Where there is too little room: says the error, and what it left.
    private static void Create(string name)
    {
        try
        {
            using var segment = SharedSegment<Archive>.Create(name);
            Say("created");
        }
        catch (SharedMemoryException error)
        {
            Say($"{error.Code}, {Directory.GetFileSystemEntries("/dev/shm").Length} files");
        }
    }

    // As another user than the owner.
    private static void Read(string name, uint owner)
    {
        try
        {
            using var mine = SharedSegment<Telegram>.OpenReadOnly(name);
            Say("opened");
        }
        catch (SharedMemoryException error)
        {
            Say(error.Code.ToString());
        }

        try
        {
            using var writable = SharedSegment<Telegram>.Open(name, new() { Owner = owner });
            Say("opened");
        }
        catch (SharedMemoryException error)
        {
            Say(error.Code.ToString());
        }

        using var segment = SharedSegment<Telegram>.OpenReadOnly(name, new() { Owner = owner });
        Say(segment.Read(out long seen).Number.ToString(CultureInfo.InvariantCulture));
        _ = segment.WaitForChange(seen, Patience);
        Say(segment.Read().Number.ToString(CultureInfo.InvariantCulture));
    }

    private static void Say(string text) => Console.WriteLine(text);
}
