using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Contracts.Ipc.Integration.Tests.Harness;

/// <summary>What a behaviour needs and not every transport has. docs/transports.md lists who lacks what, under "What is not the same everywhere".</summary>
[Flags]
internal enum Need
{
    Nothing = 0,

    /// <summary>A second client beside the first one, of the same server.</summary>
    SeveralClients = 1,

    /// <summary>A server in another process than its client.</summary>
    OtherProcess = 2,

    /// <summary>A peer whose user and process are known.</summary>
    PeerIdentity = 4,
}

/// <summary>One transport as the tests know it.</summary>
/// <param name="Scheme">Of its endpoints.</param>
/// <param name="Lacks">Tests that need it are skipped, for the reason given.</param>
/// <param name="Reason">Why, in the words of docs/transports.md.</param>
/// <param name="Prepare">Sets up where the two sides meet; null where any new name will do for both.</param>
internal sealed record TestTransport(string Scheme, Need Lacks = Need.Nothing, string? Reason = null, Func<Meeting>? Prepare = null);

/// <summary>Where a server and its clients meet: the server's endpoint, the clients', and what lies between them.</summary>
internal sealed class Meeting(IpcEndpoint server, IpcEndpoint client, IDisposable? between = null) : IDisposable
{
    internal IpcEndpoint Server => server;

    internal IpcEndpoint Client => client;

    public void Dispose() => between?.Dispose();
}

/// <summary>The transports over which every behaviour is tested. A new transport joins by one line.</summary>
internal static class TestTransports
{
    internal static readonly TestTransport[] All =
    [
        new("unix"),
        new("shm"),
        new("pipe"),
        new("fifo"),
        new("mq"),
        new("sysv"),
        new("stdio", Lacks: Need.SeveralClients | Need.OtherProcess | Need.PeerIdentity, "a child has one parent, which is who has started it", LaidPipes.NewMeeting),
        new("device", Lacks: Need.SeveralClients | Need.PeerIdentity, "a line has two ends, and does not tell who is at the other one", MeetOnALine),
        new("inproc", Lacks: Need.OtherProcess, "its names belong to one process"),
    ];

    private static int _endpoints;

    /// <summary>A name that nobody else uses.</summary>
    internal static string NewName() => $"t{Environment.ProcessId}-{Interlocked.Increment(ref _endpoints)}";

    /// <summary>An endpoint that nobody else uses, of a transport that needs no preparation.</summary>
    internal static IpcEndpoint NewEndpoint(string scheme) => $"{scheme}:{NewName()}";

    /// <summary>A place to meet that nobody else uses.</summary>
    internal static Meeting NewMeeting(string scheme)
    {
        if (Array.Find(All, transport => transport.Scheme == scheme)?.Prepare is { } prepare)
        {
            return prepare();
        }

        IpcEndpoint endpoint = NewEndpoint(scheme);
        return new Meeting(endpoint, endpoint);
    }

    private static Meeting MeetOnALine()
    {
        var line = new PtyLine(Path.Combine(Path.GetTempPath(), $"contracts-line-{NewName()}"), TimeSpan.FromMilliseconds(40));
        return new Meeting($"device:{line.A}", $"device:{line.B}", line);
    }
}

/// <summary>Runs a theory once over each transport; those that lack what it needs are skipped and say why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryTransportAttribute(Need needs = Need.Nothing) : DataAttribute
{
    public Need Needs => needs;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([.. TestTransports.All.Select(transport => new TheoryDataRow<string>(transport.Scheme)
        {
            Skip = (transport.Lacks & needs) == Need.Nothing ? null : $"{transport.Scheme}: {transport.Reason}.",
        })]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
