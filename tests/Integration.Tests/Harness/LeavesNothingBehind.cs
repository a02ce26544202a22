using System.Reflection;
using System.Runtime.CompilerServices;
using Contracts.Ipc.Integration.Tests.Contracts;
using Xunit.v3;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>
/// What this process holds of the kernel: sockets, pipes, event descriptors, memory files and open files of the runtime directory, by kind; mappings of
/// connections' memory; children (zombies too); files, sockets and FIFOs in the runtime directory; queues and named memory (<see cref="KernelObjects"/>). Other files are the runtime's: it opens assemblies when it likes.
/// </summary>
internal static class Belongings
{
    private const string RingMemory = "/memfd:contracts-ring";

    internal static string RuntimeDirectory { get; } = Path.Combine(Path.GetTempPath(), $"contracts-tests-{Environment.ProcessId}");

    [ModuleInitializer]
    internal static void UseOwnRuntimeDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("These tests look into /proc and use signals.");
        }

        _ = Directory.CreateDirectory(RuntimeDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", RuntimeDirectory);
    }

    internal static Dictionary<string, int> Count() => Count(oursOnly: false);

    private static Dictionary<string, int> Count(bool oursOnly)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            string kind = Kind(descriptor);
            if (!kind.StartsWith('/') || kind.StartsWith(RuntimeDirectory, StringComparison.Ordinal) || kind.StartsWith(RingMemory, StringComparison.Ordinal)
                || kind.StartsWith("/contracts.", StringComparison.Ordinal)
                || kind.StartsWith("/dev/pt", StringComparison.Ordinal))
            {
                Add(found, "descriptor of " + kind);
            }
        }

        foreach (string mapping in File.ReadLines("/proc/self/maps"))
        {
            if (mapping.Contains(RingMemory, StringComparison.Ordinal))
            {
                Add(found, "mapping of " + RingMemory);
            }
        }

        foreach (string child in Children())
        {
            Add(found, "child " + child);
        }

        foreach (string file in Directory.EnumerateFiles(RuntimeDirectory, "*", SearchOption.AllDirectories))
        {
            Add(found, "file " + file);
        }

        foreach (string name in KernelObjects.Names(oursOnly))
        {
            Add(found, name);
        }

        return found;
    }

    /// <summary>What is there now and was not there before, and how much of it.</summary>
    internal static Dictionary<string, int> Excess(Dictionary<string, int> before)
        => Count(oursOnly: true).Where(now => now.Value > before.GetValueOrDefault(now.Key))
            .ToDictionary(static now => now.Key, now => now.Value - before.GetValueOrDefault(now.Key), StringComparer.Ordinal);

    /// <summary>Whether such a thing has a name in the kernel, and stays when the process that made it is killed.</summary>
    internal static bool OutlivesItsMaker(string what)
        => what.StartsWith("file ", StringComparison.Ordinal) || KernelObjects.Kinds.Any(kind => what.StartsWith(kind, StringComparison.Ordinal));

    private static void Add(Dictionary<string, int> found, string what) => found[what] = found.GetValueOrDefault(what) + 1;

    private static string Kind(string descriptor)
    {
        try
        {
            string target = new FileInfo(descriptor).LinkTarget ?? "nothing";
            int colon = target.IndexOf(":[", StringComparison.Ordinal);
            return colon > 0 && !target.StartsWith("anon_inode", StringComparison.Ordinal) ? target[..colon] : target;
        }
        catch (IOException)
        {
            return "nothing";
        }
    }

    private static IEnumerable<string> Children()
    {
        string self = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            string stat;
            try
            {
                stat = char.IsAsciiDigit(Path.GetFileName(directory)[0]) ? File.ReadAllText(Path.Combine(directory, "stat")) : "";
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            // pid (name) state ppid …; the name may contain anything.
            string[] rest = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (rest.Length > 1 && rest[1] == self)
            {
                yield return $"{Path.GetFileName(directory)} {stat[stat.IndexOf('(', StringComparison.Ordinal)..(stat.LastIndexOf(')') + 1)]}";
            }
        }
    }
}

/// <summary>Fails a test that leaves a descriptor, a child process or a file behind.</summary>
/// <remarks>Releases come behind the last use (a read that is still outstanding holds its socket), so there is some patience.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class LeavesNothingBehindAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(5);

    private Dictionary<string, int> _before = [];

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => _before = Belongings.Count();

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // What appears only later is not left behind but begun elsewhere: another test process's queue, which will be gone as well.
        Dictionary<string, int> left = Belongings.Excess(_before);
        if (left.Count != 0 && !Within.Eventually(LooksClean, ReleaseTime))
        {
            Assert.Fail("The test left behind: " + string.Join("; ", left.Select(static one => $"{one.Value} {one.Key}")));
        }

        bool LooksClean()
        {
            Dictionary<string, int> now = Belongings.Excess(_before);
            left = left.Keys.Where(now.ContainsKey).ToDictionary(static key => key, key => now[key], StringComparer.Ordinal);
            return left.Count == 0;
        }
    }
}

/// <summary>Opens once what the runtime and the library open once for the whole process: epoll descriptors, the signal pipe, the reactor.</summary>
public sealed class WarmProcess : IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        foreach (TestTransport transport in TestTransports.All)
        {
            await using Pair pair = await Pair.OpenAsync(transport.Scheme, new Probe());
            _ = await pair.Probe.RunAsync(1).InTime();
            _ = await Within.OnThread(() => pair.Probe.Run(1)).InTime();
        }

        using var process = System.Diagnostics.Process.Start("/bin/true");
        await process.WaitForExitAsync();
        using var signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM, static context => context.Cancel = false);
        _ = GC.GetTotalAllocatedBytes(precise: true);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Belongings.RuntimeDirectory, recursive: true);
        return default;
    }
}
