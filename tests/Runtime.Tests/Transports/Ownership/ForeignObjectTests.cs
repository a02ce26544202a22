using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Runtime.Tests.Transports.Ownership;

/// <summary>Another user has made something under a name of ours, before us or after a process of ours died. Root could remove or use it, and does neither.</summary>
[Collection(nameof(OwnRuntimeDirectory))]
[SupportedOSPlatform("linux")]
public sealed class ForeignObjectTests
{
    private const string MakeObjects =
        """
        import ctypes, os, socket, struct, sys
        directory, name, key = sys.argv[1], sys.argv[2], int(sys.argv[3])
        libc = ctypes.CDLL(None, use_errno=True)
        s = socket.socket(socket.AF_UNIX); s.bind(directory + '/socket')
        os.mkfifo(directory + '/fifo', 0o666)
        open(directory + '/file.lock', 'w').close()
        os.mkdir(directory + '/directory')
        os.symlink('/etc/passwd', directory + '/link')
        with open('/dev/shm/contracts.' + name, 'wb') as f: f.write(b'CIPCSHM1' + bytes(4088))
        queue = libc.msgget(key, 0o1666)
        os.umask(0)
        mq = libc.mq_open(('/contracts.' + name).encode(), os.O_CREAT | os.O_RDWR, 0o666, None)
        print(queue, flush=True)
        sys.stdin.readline()
        there = [p for p in ('socket', 'fifo', 'file.lock', 'directory', 'link') if os.path.lexists(directory + '/' + p)]
        if os.path.exists('/dev/shm/contracts.' + name): there.append('memory')
        if libc.msgctl(queue, 0, None) == 0: there.append('queue')
        if libc.mq_unlink(('/contracts.' + name).encode()) == 0: there.append('mq')
        os.unlink('/dev/shm/contracts.' + name)
        print(' '.join(there), flush=True)
        """;

    [Fact]
    public async Task Objects_of_another_user_are_never_removed_whatever_a_journal_lists()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("contracts-test-public-");
        try
        {
            File.SetUnixFileMode(directory.FullName, (UnixFileMode)0x3FF /* 01777, as /tmp */);
            string name = "test-" + Guid.NewGuid().ToString("N");
            int key = Random.Shared.Next(1, int.MaxValue);
            using Process stranger = RawUnixPeer.StartPythonAsNobody(MakeObjects, directory.FullName, name, key.ToString(CultureInfo.InvariantCulture));
            string queue = await stranger.StandardOutput.ReadLineAsync() ?? await stranger.StandardError.ReadToEndAsync();
            string[] files = ["socket", "fifo", "file.lock", "directory", "link"];
            string journal = OwnerJournalTests.Journal(
                string.Concat(files.Select(file => $"+ file 1 {directory.FullName}/{file}\n"))
                + $"+ sysv 1 {queue}%20{key}%200\n+ sysv 1 -1%20{key}%200\n+ shm 1 Posix:{name}\n+ mq 1 /contracts.{name}\n");
            Assert.Empty(StaleObjects.Find());
            Assert.Equal(0, StaleObjects.Remove());
            Assert.False(File.Exists(journal));
            await stranger.StandardInput.WriteLineAsync();
            Assert.Equal("socket fifo file.lock directory link memory queue mq", await stranger.StandardOutput.ReadLineAsync());
            await stranger.WaitForExitAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Sockets and System V keys have tests of their own, beside their transports.</summary>
    [Theory]
    [InlineData("fifo", "os.umask(0); os.mkfifo(sys.argv[1], 0o666); reader = os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK)", "os.unlink(sys.argv[1])")]
    [InlineData("fifo", "os.symlink('/etc/passwd', sys.argv[1])", "os.unlink(sys.argv[1])")]
    [InlineData("mq", "os.umask(0); libc.mq_open(sys.argv[1].encode(), os.O_CREAT | os.O_RDWR, 0o666, None)", "libc.mq_unlink(sys.argv[1].encode())")]
    public async Task A_name_that_another_user_took_first_is_refused_by_server_and_client(string scheme, string take, string free)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("contracts-test-public-");
        try
        {
            File.SetUnixFileMode(directory.FullName, (UnixFileMode)0x3FF);
            string name = "taken-" + Guid.NewGuid().ToString("N");
            string path = scheme == "mq" ? $"/contracts.0.{name}" : Path.Combine(directory.FullName, "fifo");
            using Process stranger = RawUnixPeer.StartPythonAsNobody(
                $"import ctypes, os, sys\nlibc = ctypes.CDLL(None)\n{take}\nprint('taken', flush=True)\nsys.stdin.readline()\nprint({free}, flush=True)", path);
            Assert.Equal("taken", await stranger.StandardOutput.ReadLineAsync());
            IpcEndpoint endpoint = $"{scheme}:{(scheme == "mq" ? name : path)}";
            Transport transport = TransportRegistry.Get(endpoint);
            IpcException listening = await Assert.ThrowsAnyAsync<IpcException>(async () => await transport.ListenAsync(endpoint, new(), default));
            Assert.Matches("65534|is not a FIFO", listening.Message);
            IpcException connecting = await Assert.ThrowsAnyAsync<IpcException>(async () => await transport.ConnectAsync(endpoint, new(), default));
            Assert.Matches("65534|not a FIFO|symbolic", connecting.Message);

            // Whoever took it can still give it back: nobody else has.
            await stranger.StandardInput.WriteLineAsync();
            Assert.Contains(await stranger.StandardOutput.ReadLineAsync(), (string[])["None", "0"]);
            await stranger.WaitForExitAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Also for every transport to come: each that keeps a plain name in a file keeps it in this directory. (signal: asks for a service before it looks.)</summary>
    [Theory]
    [InlineData("foreign", "belongs to user 65534")]
    [InlineData("link", "symbolic link")]
    [InlineData("open", "so that other users may use it")]
    public async Task A_directory_that_somebody_else_prepared_is_refused_by_every_transport(string how, string reason)
    {
        Assert.SkipUnless(Files.EffectiveUserId == 0, "Only root can give a directory away.");
        string before = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")!;
        DirectoryInfo runtime = Directory.CreateTempSubdirectory("contracts-test-squatted-");
        DirectoryInfo victim = Directory.CreateDirectory(Path.Combine(runtime.FullName, "victim"), (UnixFileMode)0x1C0);
        string path = Path.Combine(runtime.FullName, "contracts");
        try
        {
            Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", runtime.FullName);
            if (how == "link")
            {
                _ = Directory.CreateSymbolicLink(path, victim.FullName);
            }
            else
            {
                _ = Directory.CreateDirectory(path, (UnixFileMode)(how == "open" ? 0x1F8 : 0x1C0));
                using Process give = Process.Start("chown", [how == "foreign" ? "65534" : "0", path]);
                await give.WaitForExitAsync();
            }

            foreach (string scheme in TransportRegistry.Schemes.Split(", ").Except(["inproc:", "stdio:", "device:", "signal:"]))
            {
                IpcEndpoint endpoint = scheme + "squatted";
                Transport transport = TransportRegistry.Get(endpoint);
                IpcException listening = await Assert.ThrowsAnyAsync<IpcException>(async () => await transport.ListenAsync(endpoint, new(), default));
                Assert.Contains(reason, listening.Message, StringComparison.Ordinal);
                IpcException connecting = await Assert.ThrowsAnyAsync<IpcException>(async () => await transport.ConnectAsync(endpoint, new(), default));
                Assert.True(connecting.Message.Contains(reason, StringComparison.Ordinal) || connecting is IpcConnectionException { Delivery: IpcDelivery.NotSent }, connecting.Message);
            }

            // Who needs no directory does without a journal.
            OwnerJournal.Record(OwnedKind.Endpoint, "unix:/elsewhere").Dispose();
            Assert.Empty(OwnerRecords.Read());
            Assert.Equal(0, StaleObjects.Remove());
            Assert.Empty(Directory.GetFileSystemEntries(path));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", before);
            runtime.Delete(recursive: true);
        }
    }
}
