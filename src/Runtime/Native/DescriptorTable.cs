using System.Globalization;
using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>The descriptors of this process by number: copying them, and putting something else in their place.</summary>
internal static unsafe partial class DescriptorTable
{
    private const string Directory = "/proc/self/fd";
    private const int DuplicateClosedOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int GetDescriptorFlags = 1;
    private const int GetStatusFlags = 3;
    private const int SetStatusFlags = 4;
    private const int CloseOnExec = 1;
    private const int ReadWrite = 2;
    private const int NonBlocking = 0x800;
    private const int Cloexec = 0x80000;

    /// <summary>Numbers below this one are standard input, output and error.</summary>
    private const int FirstFree = 3;

    /// <summary>A copy that programs started by this one do not inherit.</summary>
    /// <returns>Null if there is no such descriptor.</returns>
    public static SafeDescriptor? TryDuplicate(int descriptor)
    {
        int copy = Control(descriptor, DuplicateClosedOnExec, FirstFree);
        return copy >= 0 ? new SafeDescriptor(copy)
            : NativeError.Last == Errno.EBADF ? null
            : throw new NativeException("fcntl(F_DUPFD_CLOEXEC)", NativeError.Last);
    }

    /// <summary>A copy of a descriptor that .NET holds.</summary>
    public static SafeDescriptor Duplicate(SafeHandle handle)
    {
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return TryDuplicate((int)handle.DangerousGetHandle()) ?? throw new NativeException("fcntl(F_DUPFD_CLOEXEC)", Errno.EBADF);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Lets a number stand for something else, in one step. Whether programs started by this one inherit it stays as it is.</summary>
    public static void Replace(int descriptor, SafeDescriptor by)
    {
        int flags = Control(descriptor, GetDescriptorFlags, 0);
        int result;
        do
        {
            result = Duplicate(by, descriptor, flags >= 0 && (flags & CloseOnExec) != 0 ? Cloexec : 0);
        }
        while (result < 0 && NativeError.Last is Errno.EINTR or Errno.EBUSY);
        _ = NativeError.Check(result, "dup3");
    }

    /// <summary>Every number that stands for the same thing as <paramref name="descriptor"/>, which is left out, as is <paramref name="other"/>.</summary>
    public static IReadOnlyList<int> CopiesOf(SafeDescriptor descriptor, SafeDescriptor other)
    {
        FileStatus wanted = Files.Status(descriptor);
        List<int> copies = [];
        foreach (string entry in System.IO.Directory.EnumerateFiles(Directory))
        {
            int number = int.Parse(Path.GetFileName(entry.AsSpan()), CultureInfo.InvariantCulture);
            if (number != descriptor.Number && number != other.Number && Files.TryStatus(number) is { } found && found.IsSameFileAs(wanted))
            {
                copies.Add(number);
            }
        }

        return copies;
    }

    /// <summary>From now on reading and writing never wait. Holds for every copy of the descriptor, in other processes too.</summary>
    public static void SetNonBlocking(SafeDescriptor descriptor)
    {
        int flags = NativeError.Check(Control(descriptor, GetStatusFlags, 0), "fcntl(F_GETFL)");
        _ = NativeError.Check(Control(descriptor, SetStatusFlags, flags | NonBlocking), "fcntl(F_SETFL)");
    }

    /// <summary>Opens what is empty and takes everything.</summary>
    public static SafeDescriptor OpenNull() => new(NativeError.Check(Open("/dev/null", ReadWrite | Cloexec), "open('/dev/null')"));

    /// <summary>A pipe; programs started by this one do not inherit it.</summary>
    public static (SafeDescriptor Reading, SafeDescriptor Writing) MakePipe()
    {
        int* ends = stackalloc int[2];
        _ = NativeError.Check(Pipe(ends, Cloexec), "pipe2");
        return (new SafeDescriptor(ends[0]), new SafeDescriptor(ends[1]));
    }

    /// <summary>Writes all of it, waiting for room.</summary>
    public static void WriteAll(SafeDescriptor descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = FileIO.Send(descriptor.Number, bytes, default);
            bytes = count >= 0 ? bytes[count..] : throw new NativeException("write", -count);
        }
    }

    /// <summary>The process that has started this one, or that has taken its place.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeDescriptor descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "dup3", SetLastError = true)]
    private static partial int Duplicate(SafeDescriptor descriptor, int number, int flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe(int* ends, int flags);
}
