using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory.Segments;

[SupportedOSPlatform("linux")]
public sealed partial class SegmentLifeTests : SharedMemoryTest
{
    [Theory]
    [MemberData(nameof(Backings))]
    public void What_one_object_publishes_another_reads(SharedMemoryBacking backing)
    {
        string name = NewName();
        using var maker = SharedSegment<Sample>.Create(name, new() { Backing = backing, UnlinkOnDispose = true });
        using var opener = SharedSegment<Sample>.Open(name, new() { Backing = backing });
        using var reader = SharedSegment<Sample>.OpenReadOnly(name, new() { Backing = backing });
        Assert.True(maker.WasCreated);
        Assert.False(opener.WasCreated);
        Assert.True(reader.IsReadOnly);
        Assert.Equal(default, reader.Read(out long version));
        Assert.Equal(0, version);

        maker.Write(Sample.Of(1));
        opener.Update(static (ref Sample sample) => sample = Sample.Of(sample.Number + 1));

        Assert.Equal(Sample.Of(2), reader.Read(out version));
        Assert.Equal(2, version);
        Assert.Equal(2, maker.Version);
    }

    [Theory]
    [MemberData(nameof(Backings))]
    public void A_segment_outlives_those_who_used_it_until_it_is_unlinked(SharedMemoryBacking backing)
    {
        string name = NewName();
        using (var segment = SharedSegment<Sample>.Create(name, new() { Backing = backing }))
        {
            segment.Write(Sample.Of(7));
        }

        Assert.True(SharedSegment<Sample>.Exists(name, backing));
        using (var segment = SharedSegment<Sample>.OpenOrCreate(name, new() { Backing = backing }))
        {
            Assert.False(segment.WasCreated);
            Assert.Equal(Sample.Of(7), segment.Read());
        }

        Assert.True(SharedSegment<Sample>.Unlink(name, backing));
        Assert.False(SharedSegment<Sample>.Unlink(name, backing));
        Assert.False(SharedSegment<Sample>.Exists(name, backing));
        Assert.Equal(IpcErrorCode.NotFound, Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.Open(name, new() { Backing = backing })).Code);
    }

    [Theory]
    [MemberData(nameof(Backings))]
    public void A_taken_name_cannot_be_created_and_the_error_says_who_made_it(SharedMemoryBacking backing)
    {
        string name = NewName();
        using var segment = SharedSegment<Sample>.Create(name, new() { Backing = backing, UnlinkOnDispose = true });

        var error = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.Create(name, new() { Backing = backing }));

        Assert.Equal(IpcErrorCode.AlreadyExists, error.Code);
        Assert.Contains($"made by process {Environment.ProcessId}, which runs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Backings))]
    public void Of_many_who_open_or_create_at_once_one_creates(SharedMemoryBacking backing)
    {
        string name = NewName();
        var segments = new SharedSegment<Sample>[16];
        var together = new Barrier(segments.Length);
        Thread[] threads = [.. Enumerable.Range(0, segments.Length).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            segments[i] = SharedSegment<Sample>.OpenOrCreate(name, new() { Backing = backing });
            segments[i].Update(static (ref Sample sample) => sample.Number++);
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        Assert.Single(segments, static segment => segment.WasCreated);
        Assert.Equal(segments.Length, segments[0].Read().Number);
        Array.ForEach(segments, static segment => segment.Dispose());
        Assert.True(SharedSegment<Sample>.Unlink(name, backing));
    }

    [Theory]
    [MemberData(nameof(Backings))]
    public void Unlinking_leaves_the_segment_to_those_who_have_it(SharedMemoryBacking backing)
    {
        string name = NewName();
        using var old = SharedSegment<Sample>.Create(name, new() { Backing = backing, UnlinkOnDispose = true });
        using var reader = SharedSegment<Sample>.OpenReadOnly(name, new() { Backing = backing });
        _ = SharedSegment<Sample>.Unlink(name, backing);
        using var young = SharedSegment<Sample>.Create(name, new() { Backing = backing, UnlinkOnDispose = true });

        old.Write(Sample.Of(1));

        Assert.Equal(Sample.Of(1), reader.Read());
        Assert.Equal(default, young.Read());
        old.Dispose();
        Assert.True(SharedSegment<Sample>.Exists(name, backing), "Disposing the old one removed the name of the young one.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("ä")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Names_mean_nothing_to_a_file_system(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SharedSegment<Sample>.Create(name));
        Assert.Contains("cannot name a shared segment", error.Message, StringComparison.Ordinal);
        _ = Assert.Throws<ArgumentException>(() => SharedSegment<Sample>.Exists(name));
    }

    [Fact]
    public void The_name_in_dev_shm_is_the_documented_one_and_nobody_else_may_use_it()
    {
        string name = NewName();
        using var segment = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FileOf(name)));
    }

    [Fact]
    public void Permissions_for_readers_are_set_whatever_the_umask_says()
    {
        string name = NewName();
        const UnixFileMode readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using var segment = SharedSegment<Sample>.Create(name, new() { Permissions = readable, UnlinkOnDispose = true });
        Assert.Equal(readable, File.GetUnixFileMode(FileOf(name)));
    }

    [Fact]
    public void Nobody_else_can_be_allowed_to_write()
    {
        string name = NewName();
#pragma warning disable IPC4115 // That it is refused is what this shows.
        ArgumentException error = Assert.Throws<ArgumentException>(() => SharedSegment<Sample>.Create(name, new() { Permissions = (UnixFileMode)0b110_110_000 }));
#pragma warning restore IPC4115
        Assert.Contains("0660", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_could_write_is_not_opened()
    {
        string name = NewName();
        using var segment = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        File.SetUnixFileMode(FileOf(name), (UnixFileMode)0b110_000_010);
        var error = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.Open(name));
        Assert.Equal(IpcErrorCode.PermissionDenied, error.Code);
        Assert.Contains("0602", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_user_owns_is_opened_only_by_those_who_expect_him()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        string name = NewName();
        using var segment = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        Assert.Equal(0, ChangeOwner(FileOf(name), 1, 1));

        var error = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.Open(name));
        Assert.Equal(IpcErrorCode.PermissionDenied, error.Code);
        Assert.Contains("belongs to user 1; user 0 was expected", error.Message, StringComparison.Ordinal);
        _ = Assert.Throws<SharedMemoryException>(() => SharedSegment<Sample>.OpenReadOnly(name));

        segment.Write(Sample.Of(3));
        using var reader = SharedSegment<Sample>.OpenReadOnly(name, new() { Owner = 1 });
        Assert.Equal(Sample.Of(3), reader.Read());
    }

    [Fact]
    public void Opening_and_closing_leaves_no_descriptor()
    {
        string name = NewName();
        using var segment = SharedSegment<Sample>.Create(name, new() { UnlinkOnDispose = true });
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd").Select(static file => new FileInfo(file).LinkTarget), target => target?.Contains(name, StringComparison.Ordinal) == true);
    }

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
