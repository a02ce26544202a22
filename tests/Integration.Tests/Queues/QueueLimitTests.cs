using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.Queues;

/// <summary>
/// POSIX queues under the limits that a system has by default: 819,200 bytes for a user, 256 queues. The limits count for all processes of a user; so these processes run as
/// a user that nobody else is, where the tests may choose one.
/// </summary>
public sealed class QueueLimitTests
{
    private const int DefaultLimit = 819_200;

    private static int _users;

    [Fact]
    public async Task Sixty_four_clients_of_one_server_have_room_under_the_default_limits()
    {
        using var user = new OtherUser();
        await using PeerProcess crowd = user.Run("crowd", "mq:crowd", "64");
        Assert.Equal("connected 64", await crowd.ReadLineAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("answered", await crowd.ReadLineAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(0, await crowd.ExitAsync());
    }

    [Fact]
    public async Task What_another_process_takes_of_the_users_limit_is_missed_with_a_typed_error_until_it_is_given_back()
    {
        using var user = new OtherUser();
        await using PeerProcess peer = user.Run("knock", "mq:knock");
        Assert.Equal("ok", await AskAsync(peer, "listen"));
        Assert.Equal("ok", await AskAsync(peer, "connect"));

        // First by large queues, then by small ones, so that nothing is left.
        await using PeerProcess large = user.Run("hoard", "8192", "1000");
        Assert.StartsWith("hoarded ", await large.ReadLineAsync(), StringComparison.Ordinal);
        await using PeerProcess small = user.Run("hoard", "8", "1000");
        Assert.StartsWith("hoarded ", await small.ReadLineAsync(), StringComparison.Ordinal);

        string? refusal = await AskAsync(peer, "connect");
        Assert.StartsWith("IpcResourceExhaustedException Cannot create message queue '/contracts.", refusal, StringComparison.Ordinal);
        Assert.Contains($"(RLIMIT_MSGQUEUE, {DefaultLimit})", refusal, StringComparison.Ordinal);
        Assert.Contains("ulimit -q", refusal, StringComparison.Ordinal);

        Assert.Equal("released", await AskAsync(large, ""));
        Assert.Equal("ok", await AskAsync(peer, "connect"));
        Assert.Equal("ok", await AskAsync(peer, "close"));
    }

    [Fact]
    public async Task Where_the_system_holds_no_more_queues_the_error_names_that_limit()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The limit counts for the whole IPC namespace: only root can make one of its own.");
        using var user = new OtherUser(ownNamespace: true);

        await using PeerProcess peer = user.Run("knock", "mq:many");
        Assert.Equal("ok", await AskAsync(peer, "fill"));
        string? refusal = await AskAsync(peer, "listen");
        Assert.StartsWith("IpcResourceExhaustedException Cannot create message queue '/contracts.", refusal, StringComparison.Ordinal);
        Assert.Contains("(/proc/sys/fs/mqueue/queues_max, 256)", refusal, StringComparison.Ordinal);
    }

    private static async Task<string?> AskAsync(PeerProcess peer, string line)
    {
        peer.WriteLine(line);
        return await peer.ReadLineAsync();
    }

    /// <summary>A user with limits of its own: another one if this is root, else this one.</summary>
    private sealed class OtherUser(bool ownNamespace = false) : IDisposable
    {
        private readonly int _id = 61_000 + (Environment.ProcessId % 1000) + (1000 * Interlocked.Increment(ref _users));

        internal PeerProcess Run(params string[] arguments) => PeerProcess.Run(Launcher(), arguments);

        public void Dispose()
        {
            string directory = $"/tmp/contracts-{_id}";
            if (Environment.IsPrivilegedProcess && Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        private string[] Launcher() =>
        [
            .. ownNamespace ? (string[])[Tool.Need("unshare"), "--ipc"] : [],
            .. Environment.IsPrivilegedProcess
                ? (string[])[Tool.Need("setpriv"), $"--reuid={_id}", $"--regid={_id}", "--clear-groups"]
                : [],
            Tool.Need("prlimit"),
            $"--msgqueue={DefaultLimit}:{DefaultLimit}",
        ];
    }
}
