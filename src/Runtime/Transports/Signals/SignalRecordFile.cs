using System.Globalization;
using Contracts.Ipc.Native;
using Microsoft.Win32.SafeHandles;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>The file of a <see cref="SignalRecord"/>: written once and whole by the server, read by its clients, marked when the server stops.</summary>
internal sealed class SignalRecordFile : IDisposable
{
    private const string Suffix = ".signal";

    private readonly SafeFileHandle _file;
    private string? _made;

    private SignalRecordFile(SafeFileHandle file, string? made)
    {
        _file = file;
        _made = made;
    }

    /// <summary>Where the record of a name stands.</summary>
    public static string PathOf(string name) => Path.Combine(UserDirectory.Get(), name + Suffix);

    /// <summary>Whether a path looks like that of a record.</summary>
    public static bool IsPath(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Makes the file: it appears at its path with all that is in it.</summary>
    public static SignalRecordFile Publish(string path, SignalRecord record)
    {
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        File.Delete(temporary);
        SafeDescriptor made = Files.OpenPrivate(temporary);
        SafeFileHandle file = new(made.Number, ownsHandle: true);
        made.SetHandleAsInvalid();
        try
        {
            RandomAccess.Write(file, record.Write(), 0);
            Files.Rename(temporary, path);
            return new SignalRecordFile(file, path);
        }
        catch
        {
            file.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Opens and reads the file; null if there is none.</summary>
    /// <exception cref="FormatException">What is there is not a record of this user; the message says why.</exception>
    public static SignalRecordFile? TryOpen(string path, out SignalRecord? record)
    {
        record = null;
        if (Files.Status(path) is not { } status)
        {
            return null;
        }

        if (status.Kind != FileKind.Regular || status.UserId != Files.EffectiveUserId || status.Length > SignalRecord.MaximumLength)
        {
            throw new FormatException("it is not a file of this user, or too long");
        }

        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[SignalRecord.MaximumLength];
            record = SignalRecord.Read(bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0)));
            var opened = new SignalRecordFile(file, made: null);
            file = null;
            return opened;
        }
        catch (FileNotFoundException)
        {
            // The server stopped between the look and the opening.
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Whether the server still takes signals.</summary>
    public bool IsOpen()
    {
        Span<byte> state = stackalloc byte[SignalRecord.Open.Length];
        return RandomAccess.Read(_file, state, SignalRecord.StateOffset) == state.Length && state.SequenceEqual(SignalRecord.Open);
    }

    /// <summary>Server: new clients do not find it any more. While the endpoint's name is held, nobody else puts a record there; so it happens once, before the name is given back.</summary>
    public void Withdraw()
    {
        if (Interlocked.Exchange(ref _made, null) is { } path)
        {
            File.Delete(path);
        }
    }

    /// <summary>Server: clients that have it open send nothing from now on.</summary>
    public void MarkGone() => RandomAccess.Write(_file, SignalRecord.Gone, SignalRecord.StateOffset);

    public void Dispose() => _file.Dispose();
}
