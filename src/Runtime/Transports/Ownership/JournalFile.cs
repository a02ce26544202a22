using System.Globalization;
using Contracts.Ipc.Native;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Transports.Ownership;

/// <summary>The journal of this process: a file that is locked as long as the process lives and has something.</summary>
/// <remarks>
/// A line is written as a free one and then made to count by one byte; so whenever the process is killed, each line counts or does not. Lines of objects that
/// are gone are used again, and the file stays as small as what the process had at one time.
/// </remarks>
internal sealed class JournalFile : IDisposable
{
    private readonly string _path;
    private readonly SafeDescriptor _locked;
    private readonly SafeFileHandle _file;
    private readonly List<Slot> _free = [];
    private long _length;
    private int _taken;

    private JournalFile(string path, SafeDescriptor locked)
    {
        _path = path;
        _locked = locked;
        _file = new SafeFileHandle(locked.Number, ownsHandle: false);
        _length = JournalFormat.Header.Length;
    }

    /// <summary>Whether no line counts.</summary>
    public bool IsEmpty => _taken == 0;

    /// <summary>Makes the file. The caller holds the lock of the directory.</summary>
    public static JournalFile Create(string directory)
    {
        ProcessIdentity self = ProcessIdentity.Current;
        string name = string.Create(CultureInfo.InvariantCulture, $"{self.Id}-{self.StartTime}");

        // The name can be taken by the living: a process of another pid namespace, or a second copy of this library.
        for (int copy = 0; ; copy++)
        {
            string path = Path.Combine(directory, copy == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{copy}"));
            SafeDescriptor opened = Files.OpenPrivate(path);
            JournalFile? made = null;
            try
            {
                // What is in it then was left by the dead, and is for whoever cleans.
                if (Files.TryLock(opened) && Files.Status(opened).Length == 0)
                {
                    made = new JournalFile(path, opened);
                    RandomAccess.Write(made._file, System.Text.Encoding.ASCII.GetBytes(JournalFormat.Header), 0);
                    return made;
                }
            }
            finally
            {
                if (made is null)
                {
                    opened.Dispose();
                }
            }
        }
    }

    /// <summary>Writes a line that counts from the end of this call on.</summary>
    public Slot Write(JournalEntry entry)
    {
        byte[] line = JournalFormat.FreeLine(entry);
        Slot slot = TakeFree(line.Length);
        if (line.Length < slot.Length)
        {
            byte[] padded = new byte[slot.Length];
            padded.AsSpan().Fill((byte)' ');
            line.AsSpan(0, line.Length - 1).CopyTo(padded);
            padded[^1] = (byte)'\n';
            line = padded;
        }

        RandomAccess.Write(_file, line, slot.Offset);
        Mark(slot, JournalFormat.Taken);
        _taken++;
        return slot;
    }

    /// <summary>The object of a line is gone.</summary>
    public void Erase(Slot slot)
    {
        Mark(slot, JournalFormat.Free);
        _free.Add(slot);
        _taken--;
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        try
        {
            Files.Remove(_path);
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. Nothing counts in the file, and whoever cleans finds it unlocked.
        }
        finally
        {
            _file.Dispose();
            _locked.Dispose();
        }
    }

    private Slot TakeFree(int length)
    {
        int best = _free.FindIndex(slot => slot.Length >= length);
        if (best >= 0)
        {
            Slot found = _free[best];
            _free.RemoveAt(best);
            return found;
        }

        var added = new Slot(_length, length);
        _length += length;
        return added;
    }

    private void Mark(Slot slot, byte mark) => RandomAccess.Write(_file, [mark], slot.Offset);

    /// <summary>The place of a line.</summary>
    internal readonly record struct Slot(long Offset, int Length);
}
