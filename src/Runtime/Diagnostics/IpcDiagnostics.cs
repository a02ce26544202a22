using System.Diagnostics;
using System.Diagnostics.Metrics;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Rpc;

namespace Contracts.Ipc.Diagnostics;

/// <summary>
/// Traces and metrics after the OpenTelemetry conventions for RPC. Sources and meter are named <c>Contracts.Ipc</c>. Nothing is measured or
/// allocated while nobody listens.
/// </summary>
internal static class IpcDiagnostics
{
    internal const string SourceName = "Contracts.Ipc";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    // Unit and names as the conventions have them; the buckets are ours, since the recommended ones begin at 5 ms.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries =
        [
            0.000001, 0.0000025, 0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
            0.5, 1, 2.5, 5, 10,
        ],
    };

    private static readonly Histogram<double> ClientDuration = Meter.CreateHistogram(
        "rpc.client.call.duration", "s", "How long calls take, seen by the caller.", tags: null, Buckets);

    private static readonly Histogram<double> ServerDuration = Meter.CreateHistogram(
        "rpc.server.call.duration", "s", "How long calls take, seen by the service.", tags: null, Buckets);

    internal static bool IsTracing => Source.HasListeners();

    internal static bool IsClientListening => ClientDuration.Enabled || Source.HasListeners();

    internal static bool IsServerListening => ServerDuration.Enabled || Source.HasListeners();

    internal static CallScope BeginClientCall(IpcMethod method, Session session)
        => new(Start(method, session, ActivityKind.Client, default), ClientDuration, method);

    internal static CallScope BeginServerCall(IpcMethod method, Session session, ActivityContext parent)
        => new(Start(method, session, ActivityKind.Server, parent), ServerDuration, method);

    private static Activity? Start(IpcMethod method, Session session, ActivityKind kind, ActivityContext parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        KeyValuePair<string, object?>[] tags =
        [
            new("rpc.system.name", "contracts"),
            new("rpc.method", method.FullName),
            new("server.address", session.EndpointText),
        ];
        return kind == ActivityKind.Client
            ? Source.StartActivity(method.FullName, kind, default(ActivityContext), tags)
            : Source.StartActivity(method.FullName, kind, parent, tags);
    }
}

/// <summary>One call under observation.</summary>
internal readonly struct CallScope(Activity? activity, Histogram<double> duration, IpcMethod method)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    internal bool IsActive => duration is not null;

    internal Activity? Activity => activity;

    internal void End(Exception? exception)
    {
        string? error = exception switch
        {
            null => null,
            IpcException own => own.Code.ToString(),
            _ => exception.GetType().FullName,
        };
        if (duration.Enabled)
        {
            var tags = new TagList { { "rpc.system.name", "contracts" }, { "rpc.method", method.FullName } };
            if (error is not null)
            {
                tags.Add("error.type", error);
            }

            duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);
        }

        if (activity is null)
        {
            return;
        }

        if (exception is not null)
        {
            _ = activity.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error, exception.Message);
        }

        activity.Stop();
    }
}
