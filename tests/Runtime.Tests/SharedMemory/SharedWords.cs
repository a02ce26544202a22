using System.Runtime.InteropServices;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

internal unsafe delegate void WordsEditor(int* words);

/// <summary>Memory without a name, and what the kernel tells about those who sleep.</summary>
internal static unsafe class SharedWords
{
    public static MappedMemory Map(long length)
    {
        using SafeDescriptor file = SharedFile.CreateAnonymous("contracts-test");
        SharedFile.Allocate(file, length);
        return MappedMemory.Map(file, length, writable: true);
    }

    /// <summary>Returns when some thread of this process sleeps on the word, or on many words.</summary>
    /// <remarks>The test would prove less if it went on earlier, but it would not fail.</remarks>
    public static void AwaitSleeper(int* word)
    {
        string onWord = $"{(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98)} 0x{(nuint)word:x} ";
        Assert.True(SpinWait.SpinUntil(() => IsSomebodyIn(onWord) || IsSomebodyIn("449 "), TimeSpan.FromSeconds(20)), "Nobody sleeps.");
    }

    /// <summary>Writes into a named object as another program could.</summary>
    public static void Edit(string name, WordsEditor edit)
    {
        using SafeDescriptor file = SharedFile.TryOpenNamed("/contracts." + name, writable: true)!;
        using MappedMemory memory = MappedMemory.Map(file, 4096, writable: true);
        edit((int*)memory.Start);
    }

    /// <summary>How many threads of this process bear a name that begins so; the kernel keeps 15 characters.</summary>
    public static int ThreadsNamed(string start)
    {
        string kept = start[..Math.Min(start.Length, 15)];
        return Directory.EnumerateDirectories("/proc/self/task").Count(task => Name(task).StartsWith(kept, StringComparison.Ordinal));
    }

    private static bool IsSomebodyIn(string call) => Directory.EnumerateDirectories("/proc/self/task").Any(task => Read(task + "/syscall").StartsWith(call, StringComparison.Ordinal));

    private static string Name(string task) => Read(task + "/comm");

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
