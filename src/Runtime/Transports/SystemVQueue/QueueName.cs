using System.Globalization;
using System.Text;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Transports.SystemVQueue;

/// <summary>How clients find a server's queue: a file <c>name.msq</c> in the user's directory, which its key is made of, and which says the rest.</summary>
/// <remarks>
/// <para>A key is 32 bits of a file's identity, so two files may have the same one, and anybody may have made a queue with it before. Therefore the file also says
/// which queue the key must lead to, and by which project byte: one line, <c>id project process starttime</c>. Nobody else can write there.</para>
/// <para>The file is removed when the server stops listening. The queue stays for the clients that it has; the next server makes another file and another queue.</para>
/// </remarks>
internal sealed class QueueName : IDisposable
{
    private const byte FirstProject = (byte)'C';
    private const int LongestLine = 64;

    private readonly string _path;
    private readonly SafeDescriptor _file;
    private readonly OwnedObject _record;

    private QueueName(string path, SafeDescriptor file, OwnedObject record)
    {
        _path = path;
        _file = file;
        _record = record;
    }

    /// <summary>Where the file of an endpoint is.</summary>
    public static string PathOf(IpcEndpoint endpoint) => Path.Combine(UserDirectory.Get(), endpoint.Address + ".msq");

    /// <summary>Makes the file. The caller holds the claim to the name: whatever is there was left by the dead.</summary>
    public static QueueName Make(string path)
    {
        OwnedObject? record = OwnerJournal.Record(OwnedKind.File, path);
        SafeDescriptor? file = null;
        try
        {
            Files.Remove(path);
            file = Files.OpenPrivate(path);

            // Who cleans up behind the dead spares what is locked.
            _ = Files.TryLock(file);
            QueueName made = new(path, file, record);
            (file, record) = (null, null);
            return made;
        }
        finally
        {
            file?.Dispose();
            record?.Dispose();
        }
    }

    /// <summary>The keys that the file can stand for, one after the other.</summary>
    public IEnumerable<(byte Project, int Key)> Keys()
    {
        for (int i = 0; i < byte.MaxValue; i++)
        {
            // Never 0: of such a project ftok promises nothing.
            byte project = (byte)(1 + ((FirstProject - 1 + i) % byte.MaxValue));
            yield return (project, SystemVKey.Of(_path, project));
        }
    }

    /// <summary>From now on clients find the queue.</summary>
    public void Publish(SystemVMessageQueue queue, byte project)
    {
        ProcessIdentity own = ProcessIdentity.Current;
        string line = string.Create(CultureInfo.InvariantCulture, $"{queue.Id} {project} {own.Id} {own.StartTime}\n");
        using var file = new SafeFileHandle(_file.Number, ownsHandle: false);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(line), 0);
    }

    /// <summary>Reads what a server has published.</summary>
    /// <returns>Null if nobody serves there.</returns>
    /// <exception cref="NativeException">The file is there, and cannot be read.</exception>
    public static (SystemVMessageQueue Queue, ProcessIdentity Server)? Find(string path)
    {
        if (Files.TryOpen(path) is not { } file)
        {
            return null;
        }

        using (file)
        {
            using var handle = new SafeFileHandle(file.Number, ownsHandle: false);
            Span<byte> bytes = stackalloc byte[LongestLine];
            int length = RandomAccess.Read(handle, bytes, 0);
            if (Files.Status(file).UserId != Files.EffectiveUserId
                || Parse(Encoding.ASCII.GetString(bytes[..length])) is not { } found
                || !found.Server.IsAlive())
            {
                return null;
            }

            return SystemVMessageQueue.TryFind(SystemVKey.Of(path, found.Project)) == found.Queue ? (found.Queue, found.Server) : null;
        }
    }

    /// <summary>Nobody finds the queue any more.</summary>
    public void Dispose()
    {
        if (_file.IsClosed)
        {
            return;
        }

        try
        {
            if (Files.Status(_path) is { } named && named.IsSameFileAs(Files.Status(_file)))
            {
                Files.Remove(_path);
            }
        }
        catch (NativeException)
        {
            // The directory is gone or read-only now. What the file says leads nowhere.
        }

        _file.Dispose();
        _record.Dispose();
    }

    private static (SystemVMessageQueue Queue, byte Project, ProcessIdentity Server)? Parse(string line)
    {
        string[] parts = line.Split(' ');
        return parts.Length == 4
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out byte project)
            && uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint process)
            && ulong.TryParse(parts[3].AsSpan().TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out ulong started)
            ? (new SystemVMessageQueue(id), project, new ProcessIdentity(process, started))
            : null;
    }
}
