using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Runtime.Tests.Transports.Ownership;

/// <summary>The journal of this process, and what is done with those of the dead.</summary>
[Collection(nameof(OwnRuntimeDirectory))]
[SupportedOSPlatform("linux")]
public sealed partial class OwnerJournalTests
{
    private const uint NobodysProcess = 4_000_000_000;

    private static string Journals => OwnersDirectory.Find(make: true)!;

    [Fact]
    public void The_journal_has_a_line_for_each_object_and_goes_with_the_last()
    {
        string path = TestDirectory.NewPath();
        OwnedObject first = OwnerJournal.Record(OwnedKind.File, path);
        OwnedObject second = OwnerJournal.Record(OwnedKind.Endpoint, "unix:with blank%20\nand more");
        Assert.Contains(Own(), entry => entry is { Kind: OwnedKind.File } && entry.Name == path);
        Assert.Contains(Own(), entry => entry is { Kind: OwnedKind.Endpoint, Name: "unix:with blank%20\nand more" });
        second.Dispose();
        second.Dispose();
        Assert.DoesNotContain(Own(), entry => entry.Kind == OwnedKind.Endpoint && entry.Name.StartsWith("unix:with", StringComparison.Ordinal));
        first.Dispose();
        Assert.DoesNotContain(Own(), entry => entry.Name == path);
    }

    [Fact]
    public void Lines_are_used_again_so_that_the_journal_does_not_grow()
    {
        using OwnedObject one = OwnerJournal.Record(OwnedKind.File, "/nowhere/one");
        for (int i = 0; i < 100; i++)
        {
            OwnerJournal.Record(OwnedKind.PosixQueue, string.Create(CultureInfo.InvariantCulture, $"/contracts.{1000 + i}")).Dispose();
        }

        OwnerRecord record = OwnerRecords.Read().Single(static record => record.Process == ProcessIdentity.Current);
        Assert.InRange(new FileInfo(record.Path).Length, 1, 1000);
    }

    [Fact]
    public void An_object_can_get_another_name_when_it_is_made()
    {
        using OwnedObject queue = OwnerJournal.Record(OwnedKind.SystemVQueue, "-1 77 0");
        queue.Identify("1234567890 77 1700000000");
        Assert.Equal("1234567890 77 1700000000", Assert.Single(Own(), static entry => entry.Kind == OwnedKind.SystemVQueue).Name);
    }

    [Fact]
    public void What_the_dead_have_left_is_found_and_removed_and_the_journal_with_it()
    {
        string socket = DeadSocket();
        string lockFile = TestDirectory.NewPath(".lock");
        File.WriteAllText(lockFile, "");
        string journal = Journal($"+ file 1 {socket}\n+ file 1 {lockFile}\n+ file 1 /nowhere/at-all\n+ endpoint 1 unix:gone\n");
        StaleObject[] found = [.. StaleObjects.Find().Where(static one => one.Owner.Id == NobodysProcess)];
        Assert.Equal([socket, lockFile], found.Select(static one => one.Name));
        Assert.True(File.Exists(socket) && File.Exists(lockFile) && File.Exists(journal));
        Assert.Equal(2, StaleObjects.Remove());
        Assert.False(File.Exists(socket) || File.Exists(lockFile) || File.Exists(journal));
    }

    [Fact]
    public void A_garbled_journal_does_not_stop_cleaning_and_costs_nobody_a_file()
    {
        string socket = DeadSocket();
        string document = TestDirectory.NewPath(".lock");
        File.WriteAllText(document, new string('x', 100));
        string journal = Journal(
            $"+\n+ file\n+ file x y\n+ what 1 /x\n\0\0\0\n+ file 99999999999999999999 /x\n+ file 1 %00\n+ file 1 relative\n+ file 1 /\n+ file 1 {document}\n"
            + $"+ mq 1 no-slash\n+ sysv 1 a\n+ sysv 1 -1%200%200\n+ shm 1 what\n+ shm 1 Posix:../x\n+ shm 1 7:x\n+ file 1 {new string('y', 5000)}\n- file 1 {document}\n+ file 1 {socket}   \n+ file 1 {TestDirectory.NewPath()}");
        Assert.Equal(1, StaleObjects.Remove());
        Assert.False(File.Exists(socket) || File.Exists(journal));
        Assert.True(File.Exists(document));
        File.Delete(document);
    }

    [Fact]
    public void A_journal_of_a_later_version_is_left_alone()
    {
        string journal = Path.Combine(Journals, $"{NobodysProcess}-9");
        File.WriteAllText(journal, "contracts-owner 2\n+ file 1 /nowhere\n");
        Assert.Equal(0, StaleObjects.Remove());
        Assert.True(File.Exists(journal));
        File.Delete(journal);
    }

    [Fact]
    public void A_name_that_a_living_process_has_too_is_spared()
    {
        string socket = DeadSocket();
        string journal = Journal($"+ file 1 {socket}\n");
        using (OwnerJournal.Record(OwnedKind.File, socket))
        {
            Assert.Empty(StaleObjects.Find());
            Assert.Equal(0, StaleObjects.Remove());
        }

        Assert.True(File.Exists(socket));
        Assert.False(File.Exists(journal));
        File.Delete(socket);
    }

    [Fact]
    public void A_server_without_a_journal_that_answers_at_the_path_of_a_dead_one_is_spared()
    {
        string path = TestDirectory.NewPath();
        using SafeDescriptor socket = Sockets.CreateUnixStream();
        Sockets.Bind(socket, path);
        Sockets.Listen(socket, 5);
        string journal = Journal($"+ file 1 {path}\n");
        Assert.Equal(0, StaleObjects.Remove());
        Assert.True(File.Exists(path));
        Assert.False(File.Exists(journal));
        File.Delete(path);
    }

    [Fact]
    public void A_lock_that_somebody_holds_is_spared()
    {
        string path = TestDirectory.NewPath(".lock");
        using SafeDescriptor held = Files.OpenPrivate(path);
        Assert.True(Files.TryLock(held));
        _ = Journal($"+ file 1 {path}\n");
        Assert.Equal(0, StaleObjects.Remove());
        Assert.True(File.Exists(path));
        File.Delete(path);
    }

    [Fact]
    public void A_journal_that_is_locked_belongs_to_the_living_whatever_its_name_says()
    {
        string socket = DeadSocket();
        string journal = Journal($"+ file 1 {socket}\n");
        using (SafeDescriptor held = Files.OpenPrivate(journal))
        {
            Assert.True(Files.TryLock(held));
            Assert.Equal(0, StaleObjects.Remove());
            Assert.True(File.Exists(socket));
        }

        Assert.Equal(1, StaleObjects.Remove());
    }

    [Fact]
    public void A_symbolic_link_in_the_place_of_an_object_is_left_alone()
    {
        string target = TestDirectory.NewPath(".txt");
        string link = TestDirectory.NewPath();
        File.WriteAllText(target, "");
        _ = File.CreateSymbolicLink(link, target);
        _ = Journal($"+ file 1 {link}\n");
        Assert.Equal(0, StaleObjects.Remove());
        Assert.True(File.Exists(link) && File.Exists(target));
        File.Delete(link);
        File.Delete(target);
    }

    [Fact]
    public void A_System_V_queue_is_removed_by_its_identifier_or_by_the_key_under_which_it_was_planned()
    {
        int key = Random.Shared.Next(1, int.MaxValue);
        int other = Random.Shared.Next(1, int.MaxValue);
        SystemVMessageQueue made = SystemVMessageQueue.TryCreate(key, 0x180)!.Value;
        SystemVMessageQueue planned = SystemVMessageQueue.TryCreate(other, 0x180)!.Value;
        long changed = made.Status()!.Value.ChangedAt;
        long before = DateTimeOffset.UtcNow.AddSeconds(-2).ToUnixTimeMilliseconds();
        _ = Journal($"+ sysv 1 {Escaped(new(made.Id, key, changed))}\n+ sysv {before} {Escaped(SystemVQueueName.Planned(other))}\n");
        Assert.Equal(2, StaleObjects.Remove());
        Assert.Null(made.Status());
        Assert.Null(planned.Status());
    }

    [Fact]
    public void A_System_V_queue_that_is_another_one_by_now_is_spared()
    {
        int key = Random.Shared.Next(1, int.MaxValue);
        SystemVMessageQueue queue = SystemVMessageQueue.TryCreate(key, 0x180)!.Value;
        try
        {
            long changed = queue.Status()!.Value.ChangedAt;
            long later = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
            _ = Journal($"+ sysv 1 {Escaped(new(queue.Id, key + 1, changed))}\n+ sysv 1 {Escaped(new(queue.Id, key, changed + 1))}\n+ sysv {later} {Escaped(SystemVQueueName.Planned(key))}\n");
            Assert.Equal(0, StaleObjects.Remove());
            _ = Assert.NotNull(queue.Status());
        }
        finally
        {
            _ = queue.Remove();
        }
    }

    [Theory]
    [InlineData(SharedMemoryBacking.Posix)]
    [InlineData(SharedMemoryBacking.SystemV)]
    public void Named_memory_goes_with_its_maker_if_he_wanted_that_and_if_it_is_still_his(SharedMemoryBacking backing)
    {
        string name = "test-" + Guid.NewGuid().ToString("N");
        var options = new SharedMemoryOptions { Backing = backing, UnlinkOnDispose = true };
        using (SharedSegment<Mark> segment = SharedSegment<Mark>.Create(name, options))
        {
            Assert.Contains(Own(), entry => entry.Kind == OwnedKind.SharedMemory && entry.Name == $"{backing}:{name}");
            _ = Journal($"+ shm 1 {backing}:{name}\n");
            Assert.Equal(0, StaleObjects.Remove());
        }

        Assert.DoesNotContain(Own(), static entry => entry.Kind == OwnedKind.SharedMemory);
        Assert.False(SharedSegment<Mark>.Exists(name, backing));

        // Made anew by a process that does not want it removed: the dead one's name for it means nothing.
        using (SharedSegment<Mark>.Create(name, new SharedMemoryOptions { Backing = backing }))
        {
            Assert.Empty(Own());
            _ = Journal($"+ shm 1 {backing}:{name}\n");
            Assert.Equal(0, StaleObjects.Remove());
            Assert.True(SharedSegment<Mark>.Exists(name, backing));
        }

        // And if the maker is the one of the journal, it goes.
        ProcessIdentity self = ProcessIdentity.Current;
        string journal = Path.Combine(Journals, string.Create(CultureInfo.InvariantCulture, $"{self.Id}-{self.StartTime}.8"));
        File.WriteAllText(journal, JournalFormat.Header + $"+ shm 1 {backing}:{name}\n");
        Assert.Equal(1, StaleObjects.Remove());
        Assert.False(SharedSegment<Mark>.Exists(name, backing));
    }

    private static string Escaped(SystemVQueueName name) => name.ToString().Replace(" ", "%20", StringComparison.Ordinal);

    private static IReadOnlyList<JournalEntry> Own() =>
        OwnerRecords.Read().SingleOrDefault(static record => record.IsAlive && record.Process == ProcessIdentity.Current)?.Objects ?? [];

    internal static string Journal(string lines)
    {
        string path = Path.Combine(Journals, string.Create(CultureInfo.InvariantCulture, $"{NobodysProcess}-7"));
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(JournalFormat.Header), .. Encoding.UTF8.GetBytes(lines)]);
        return path;
    }

    private static string DeadSocket()
    {
        string path = TestDirectory.NewPath();
        using SafeDescriptor socket = Sockets.CreateUnixStream();
        Sockets.Bind(socket, path);
        return path;
    }

    [SharedLayout]
    internal partial struct Mark
    {
        public long Value;
    }
}
