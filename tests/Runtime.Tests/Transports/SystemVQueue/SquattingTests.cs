using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports;
using Contracts.Ipc.Transports.Ownership;
using Contracts.Ipc.Transports.Queues;
using Contracts.Ipc.Transports.SystemVQueue;

namespace Contracts.Ipc.Runtime.Tests.Transports.SystemVQueue;

/// <summary>Queues that somebody else has made, under our keys or in our name.</summary>
public sealed class SquattingTests
{
    private const int Everybody = 0x1B6; // 0666
    private const int OwnerOnly = 0x180; // 0600

    private static readonly IpcEndpoint Endpoint = $"sysv:squat-{Environment.ProcessId}";

    [Fact]
    public void A_key_that_somebody_has_taken_is_passed_over_and_clients_find_the_right_queue()
    {
        string path = QueueName.PathOf(Endpoint);
        using NameClaim claim = NameClaim.Take(Endpoint, path + ".lock");
        QueueName name = QueueName.Make(path);
        SystemVMessageQueue squatter = SystemVMessageQueue.TryCreate(name.Keys().First().Key, Everybody)!.Value;
        try
        {
            using SystemVIncomingQueue requests = QueueMaker.MakeRequests(Endpoint, name, path);

            Assert.NotEqual(squatter, requests.Native);
            Assert.Equal((requests.Native, ProcessIdentity.Current), QueueName.Find(path));
            Assert.Equal(0, squatter.Status()!.Value.Messages);

            // What the file says must be what its key leads to.
            Assert.True(requests.Native.Remove());
            Assert.Null(QueueName.Find(path));
        }
        finally
        {
            _ = squatter.Remove();
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_queue_that_others_may_use_is_not_trusted()
    {
        SystemVMessageQueue open = SystemVMessageQueue.CreatePrivate(Everybody);
        try
        {
            IpcPermissionException error = Assert.Throws<IpcPermissionException>(() => QueueMaker.Check(open, "server's"));
            Assert.Contains("mode 0666", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            _ = open.Remove();
        }
    }

    [Fact]
    public void A_queue_of_another_user_is_not_trusted_whatever_its_mode()
    {
        Assert.SkipUnless(Files.EffectiveUserId == 0, "Only root can make something as another user.");
        foreach (string mode in (string[])["0600", "0666"])
        {
            using var maker = Process.Start(new ProcessStartInfo("setpriv", ["--reuid=65534", "--clear-groups", "ipcmk", "-Q", "-p", mode])
            {
                RedirectStandardOutput = true,
            })!;
            string said = maker.StandardOutput.ReadToEnd();
            maker.WaitForExit();
            SystemVMessageQueue foreign = new(int.Parse(said.Split(':')[1], CultureInfo.InvariantCulture));
            try
            {
                IpcPermissionException error = Assert.Throws<IpcPermissionException>(() => QueueMaker.Check(foreign, "server's"));
                Assert.Contains("made by user 65534", error.Message, StringComparison.Ordinal);
            }
            finally
            {
                _ = foreign.Remove();
            }
        }
    }

    [Fact]
    public void A_reply_queue_that_has_been_used_is_nobodys_for_the_asking()
    {
        using SystemVIncomingQueue requests = QueueMaker.MakeReplies(Endpoint);
        SystemVMessageQueue used = SystemVMessageQueue.CreatePrivate(OwnerOnly);
        try
        {
            QueueGreeting greeting = QueueGreeting.Own(2, 8192, (ulong)used.Id);
            Assert.Equal(Environment.ProcessId, QueueMaker.OpenReplies(requests, greeting).Owner.ProcessId);

            Assert.Equal(0, used.TrySendEmpty(9));

            IpcPermissionException error = Assert.Throws<IpcPermissionException>(() => QueueMaker.OpenReplies(requests, greeting));
            Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            _ = used.Remove();
        }
    }

    [Fact]
    public async Task Other_users_cannot_be_let_in()
    {
        TransportOptions options = new() { SameUserOnly = false };

        _ = await Assert.ThrowsAsync<IpcEndpointException>(async () => await new SystemVQueueTransport().ListenAsync(Endpoint, options, default));
    }
}
