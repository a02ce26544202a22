using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Integration.Tests.Observability;

public sealed class ObservabilityTests
{
    [Theory, EveryTransport]
    public async Task A_call_is_a_client_span_and_a_server_span_of_one_trace(string transport)
    {
        using var spans = new RecordedSpans();
        Activity? handlers = null;
        await using Pair pair = await Pair.OpenAsync(transport, new Probe
        {
            OnRun = async (value, _) =>
            {
                await Task.Yield();
                handlers = Activity.Current;
                return value;
            },
        });
        using var source = new ActivitySource("tests");
        using Activity? outer = source.StartActivity("outer");
        Assert.NotNull(outer);
        outer.TraceStateString = "vendor=1";
        Assert.Equal(4, await pair.Probe.RunAsync(4).InTime());
        Assert.Equal(5, await Within.OnThread(() => pair.Probe.Run(5)).InTime());
        Activity[] ended = await spans.TakeAsync(4);
        Assert.Same(outer, Activity.Current);

        foreach (string method in (string[])["tests.probe/RunAsync", "tests.probe/Run"])
        {
            Activity client = Assert.Single(ended, span => span.Kind == ActivityKind.Client && span.OperationName == method);
            Activity server = Assert.Single(ended, span => span.Kind == ActivityKind.Server && span.OperationName == method);
            Assert.Equal(outer.TraceId, client.TraceId);
            Assert.Equal(outer.SpanId, client.ParentSpanId);
            Assert.Equal(client.TraceId, server.TraceId);
            Assert.Equal(client.SpanId, server.ParentSpanId);
            Assert.True(server.HasRemoteParent);
            Assert.Equal("vendor=1", server.TraceStateString);
            foreach (Activity span in (Activity[])[client, server])
            {
                Assert.Equal("contracts", span.GetTagItem("rpc.system.name"));
                Assert.Equal(method, span.GetTagItem("rpc.method"));
                Assert.Equal((span.Kind == ActivityKind.Client ? pair.Meeting.Client : pair.Meeting.Server).ToString(), span.GetTagItem("server.address"));
                Assert.Equal(ActivityStatusCode.Unset, span.Status);
            }
        }

        Assert.Equal(ActivityKind.Server, handlers?.Kind);
    }

    [Theory, EveryTransport]
    public async Task A_failed_call_fails_both_spans(string transport)
    {
        using var spans = new RecordedSpans();
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (_, _) => throw new InvalidOperationException("no") });
        _ = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Probe.RunAsync(1).InTime());
        Activity[] ended = await spans.TakeAsync(2);
        Activity client = Assert.Single(ended, static span => span.Kind == ActivityKind.Client);
        Activity server = Assert.Single(ended, static span => span.Kind == ActivityKind.Server);
        Assert.Equal((ActivityStatusCode.Error, ActivityStatusCode.Error), (client.Status, server.Status));
        Assert.Equal(nameof(IpcErrorCode.RemoteException), client.GetTagItem("error.type"));
        Assert.Equal("System.InvalidOperationException", server.GetTagItem("error.type"));
    }

    [Theory, EveryTransport]
    public async Task A_handlers_own_calls_continue_the_trace(string transport)
    {
        using var spans = new RecordedSpans();
        await using Pair pair = await Pair.OpenAsync(
            transport,
            server => server.AddService<IProbe>(connection => new Probe { OnRun = async (value, _) => (await connection.GetProxy<INamed>().NameAsync()).Length + value }),
            clientOptions: new IpcConnectionOptions().AddService<INamed>(new Named("four")));
        Assert.Equal(5, await pair.Probe.RunAsync(1).InTime());
        Activity[] ended = await spans.TakeAsync(4);
        Assert.Single(ended.Select(static span => span.TraceId).Distinct());
        Activity outerServer = Assert.Single(ended, static span => span is { Kind: ActivityKind.Server, OperationName: "tests.probe/RunAsync" });
        Activity innerClient = Assert.Single(ended, static span => span is { Kind: ActivityKind.Client, OperationName: "tests.named/NameAsync" });
        Assert.Equal(outerServer.SpanId, innerClient.ParentSpanId);
    }

    [Theory, EveryTransport]
    public async Task Metrics_are_recorded_once_a_call_on_each_side(string transport)
    {
        using var metrics = new RecordedMetrics();
        await using Pair pair = await Pair.OpenAsync(transport, new Probe { OnRun = (value, _) => value < 0 ? throw new InvalidOperationException("no") : new(value) });
        for (int i = 0; i < 10; i++)
        {
            _ = await pair.Probe.RunAsync(i).InTime();
        }

        _ = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Probe.RunAsync(-1).InTime());
        Assert.True(Within.Eventually(() => metrics.Values.Count == 22), $"{metrics.Values.Count} values were recorded.");
        foreach (string side in (string[])["client", "server"])
        {
            (string Name, double Value, Dictionary<string, object?> Tags)[] values = [.. metrics.Values.Where(value => value.Name == $"rpc.{side}.call.duration")];
            Assert.Equal(11, values.Length);
            Assert.All(values, static value => Assert.InRange(value.Value, 0, 20));
            Assert.All(values, static value => Assert.Equal("tests.probe/RunAsync", value.Tags["rpc.method"]));
            Assert.All(values, static value => Assert.Equal("contracts", value.Tags["rpc.system.name"]));
            Assert.Single(values, static value => value.Tags.ContainsKey("error.type"));
        }
    }

    [Theory, EveryTransport]
    public async Task Connections_refusals_and_failures_are_logged_with_stable_ids(string transport)
    {
        using var log = new RecordedLog();
        await using (Pair pair = await Pair.OpenAsync(
            transport,
            new Probe { OnSend = _ => throw new InvalidOperationException("one way"), OnRun = (_, _) => throw new InvalidOperationException("call") },
            new IpcServerOptions { LoggerFactory = log },
            new IpcConnectionOptions { Name = "the client" }))
        {
            _ = await Assert.ThrowsAsync<IpcRemoteException>(() => pair.Probe.RunAsync(1).InTime());
            _ = await Assert.ThrowsAsync<IpcUnimplementedException>(() => pair.Client.GetProxy<INamed>().NameAsync().InTime());
            pair.Probe.Send(1);
            await pair.Server.DrainAsync().InTime();
        }

        AssertLogged(103, LogLevel.Information, "Listening");
        AssertLogged(100, LogLevel.Debug, "the client");
        AssertLogged(204, LogLevel.Debug, "tests.probe/RunAsync");
        AssertLogged(200, LogLevel.Debug, "refused");
        AssertLogged(201, LogLevel.Warning, "tests.probe/Send");
        AssertLogged(104, LogLevel.Information, "Draining");
        AssertLogged(101, LogLevel.Debug, "Local");
        Assert.DoesNotContain(log.Lines, static line => line.Level >= LogLevel.Error);

        void AssertLogged(int id, LogLevel level, string text)
            => Assert.Contains(log.Lines, line => line.Id == id && line.Level == level && line.Text.Contains(text, StringComparison.Ordinal));
    }

    private sealed class RecordedSpans : IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly ConcurrentQueue<Activity> _ended = new();

        internal RecordedSpans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name is "Contracts.Ipc" or "tests",
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if (activity.Source.Name == "Contracts.Ipc")
                    {
                        _ended.Enqueue(activity);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>The server's span ends behind its answer: waits for so many.</summary>
        internal Task<Activity[]> TakeAsync(int count)
        {
            Assert.True(Within.Eventually(() => _ended.Count >= count), $"{_ended.Count} of {count} spans ended.");
            return Task.FromResult(_ended.ToArray());
        }

        public void Dispose() => _listener.Dispose();
    }

    private sealed class RecordedMetrics : IDisposable
    {
        private readonly MeterListener _listener = new();

        internal RecordedMetrics()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Contracts.Ipc")
                {
                    Assert.Equal("s", instrument.Unit);
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Values.Enqueue((instrument.Name, value, new(tags.ToArray()))));
            _listener.Start();
        }

        internal ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> Values { get; } = new();

        public void Dispose() => _listener.Dispose();
    }
}
