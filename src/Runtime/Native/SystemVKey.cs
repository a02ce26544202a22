using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Keys of System V objects, made of a file: ftok(3).</summary>
/// <remarks>Of the file's inode and device only some bits go into a key, so that two files can have the same one.</remarks>
internal static partial class SystemVKey
{
    /// <summary>The key of a file.</summary>
    /// <param name="path">A file that exists.</param>
    /// <param name="project">Tells keys of one file apart that stand for different things.</param>
    public static int Of(string path, byte project)
    {
        int key = FileToKey(path, project);
        return key == -1 ? throw new NativeException($"ftok('{path}')", NativeError.Last) : key;
    }

    [LibraryImport("libc", EntryPoint = "ftok", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileToKey(string path, int project);
}
