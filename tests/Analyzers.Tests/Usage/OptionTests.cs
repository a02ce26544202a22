namespace Contracts.Ipc.Analyzers.Tests.Usage;

public sealed class OptionTests
{
    [Fact, Rejects("IPC4017")]
    public Task Letting_everybody_in_without_a_look_is_reported() => UsagePrelude.ReportsAsync("""
        class Program
        {
            IpcServerOptions Server { get; } = new() { {|IPC4017:SameUserOnly = false|} };

            void Run(IpcConnectionOptions options)
            {
                {|IPC4017:options.SameUserOnly = false|};
            }
        }
        """);

    [Fact, Rejects("IPC4018")]
    public Task Values_that_cannot_be_are_reported() => UsagePrelude.ReportsAsync("""
        class Program
        {
            IpcServerOptions Server { get; } = new()
            {
                DefaultTimeout = {|IPC4018:TimeSpan.Zero|},
                HandshakeTimeout = {|IPC4018:TimeSpan.FromSeconds(0)|},
                StallTimeout = {|IPC4018:-TimeSpan.FromSeconds(5)|},
                DrainTimeout = {|IPC4018:TimeSpan.FromMilliseconds(-20)|},
                FullTimeout = {|IPC4018:TimeSpan.FromSeconds(-1)|},
                PollingBudget = {|IPC4018:TimeSpan.FromMicroseconds(-1)|},
                RingCapacity = {|IPC4018:1000 * 1000|},
                QueueCapacity = {|IPC4018:0|},
                Limits = new IpcLimits { MaximumCallsPerConnection = {|IPC4018:100_000|}, MaximumMessageLength = {|IPC4018:0|}, MaximumConnections = {|IPC4018:-1|} },
            };

            IpcCallOptions Call { get; } = new() { Timeout = {|IPC4018:default(TimeSpan)|} };

            void Set(IpcConnectionOptions options) => options.ConnectTimeout = {|IPC4018:TimeSpan.Zero|};
        }
        """);

    [Fact, Accepts("IPC4018"), Accepts("IPC4019")]
    public Task Values_that_make_sense_are_accepted() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            IpcServerOptions Server(int seconds) => new()
            {
                DefaultTimeout = Timeout.InfiniteTimeSpan,
                HandshakeTimeout = TimeSpan.FromSeconds(seconds),
                StallTimeout = TimeSpan.FromMinutes(1),
                DrainTimeout = TimeSpan.Zero,
                FullTimeout = TimeSpan.Zero,
                PollingBudget = TimeSpan.Zero,
                RingCapacity = 1024 * 1024,
                QueueCapacity = null,
                Limits = new IpcLimits { MaximumCallsPerConnection = 65535, MaximumMessageLength = 1 << 30 },
            };

            IpcCallOptions Call { get; } = new() { Timeout = TimeSpan.FromMilliseconds(5) };
            Other Mine { get; } = new() { DefaultTimeout = TimeSpan.Zero, MaximumMessageLength = int.MaxValue };
        }

        class Other { public TimeSpan DefaultTimeout { get; set; } public int MaximumMessageLength { get; set; } }
        """);

    [Fact, Rejects("IPC4019")]
    public Task Limits_that_limit_nothing_are_named() => UsagePrelude.ReportsAsync("""
        class Program
        {
            IpcServerOptions Server { get; } = new()
            {
                {|IPC4019:HandshakeTimeout = Timeout.InfiniteTimeSpan|},
                Limits = new IpcLimits { {|IPC4019:MaximumMessageLength = int.MaxValue|}, {|IPC4019:MaximumConnections = int.MaxValue|} },
            };
        }
        """);

    [Fact, Rejects("IPC4029")]
    public Task The_name_of_a_peer_decides_nothing() => UsagePrelude.ReportsAsync("""
        class Program
        {
            bool A(IpcConnection connection) => connection.{|IPC4029:PeerName|} == "admin";
            bool B(IpcConnection connection) => connection.{|IPC4029:PeerName|} is "admin" or "root";
            bool C(IpcConnection connection) => connection.{|IPC4029:PeerName|}.StartsWith("admin", StringComparison.Ordinal);
            bool D(IpcConnection connection) => string.Equals("admin", connection.{|IPC4029:PeerName|}, StringComparison.Ordinal);
        }
        """);

    [Fact, Accepts("IPC4029")]
    public Task The_name_of_a_peer_may_be_shown() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            void Show(IpcConnection connection, Dictionary<string, int> byName)
            {
                Console.WriteLine($"{connection.PeerName}: {connection.Peer.ProcessId}");
                byName[connection.PeerName] = 1;
            }
        }
        """);

    [Fact, Rejects("IPC4030")]
    public Task Strangers_do_not_see_internals() => UsagePrelude.ReportsAsync("""
        class Program
        {
            IpcServerOptions Options { get; } = new() { SameUserOnly = false, {|IPC4030:IncludeExceptionDetails = true|}, {|IPC4030:Introspection = IpcIntrospection.Everyone|} };
            uint? Who(IpcConnection connection) => connection.Peer.UserId;
        }
        """);

    [Fact, Accepts("IPC4030")]
    public Task The_own_user_may_see_internals() => UsagePrelude.AcceptsAsync("""
        class Program
        {
            IpcServerOptions Own { get; } = new() { IncludeExceptionDetails = true, Introspection = IpcIntrospection.Everyone };
            IpcServerOptions Strangers { get; } = new() { SameUserOnly = false, IncludeExceptionDetails = false, Introspection = IpcIntrospection.Off };
            uint? Who(IpcConnection connection) => connection.Peer.UserId;
        }
        """);
}
