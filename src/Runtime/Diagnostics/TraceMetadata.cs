using System.Diagnostics;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Diagnostics;

/// <summary>W3C trace context in the metadata block of a call: a map with <c>traceparent</c> and, where there is one, <c>tracestate</c>.</summary>
internal static class TraceMetadata
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    /// <summary>The context of an activity, as metadata; empty without one.</summary>
    internal static byte[] Write(Activity? activity)
    {
        if (activity?.Id is not { } id || activity.IdFormat != ActivityIdFormat.W3C)
        {
            return [];
        }

        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        string? state = activity.TraceStateString;
        writer.WriteMapHeader(state is null ? 1 : 2);
        writer.Write(Parent);
        writer.Write(id);
        if (state is not null)
        {
            writer.Write(State);
            writer.Write(state);
        }

        writer.Flush();
        return buffer.WrittenCount <= Protocol.FrameBlocks.MaximumMetadataLength ? buffer.WrittenSpan.ToArray() : [];
    }

    /// <summary>The context of the present activity, for a call that has no scope of its own.</summary>
    internal static byte[] ForOneWay() => IpcDiagnostics.IsTracing ? Write(Activity.Current) : [];

    /// <summary>The caller's context. Metadata that cannot be read are no reason to refuse a call: then there is none.</summary>
    internal static ActivityContext Read(ReadOnlySpan<byte> metadata)
    {
        if (metadata.IsEmpty)
        {
            return default;
        }

        string? parent = null;
        string? state = null;
        try
        {
            var reader = new MessagePackReader(metadata);
            int count = reader.ReadMapHeader();
            for (int i = 0; i < count; i++)
            {
                switch (reader.ReadString())
                {
                    case Parent:
                        parent = reader.ReadString();
                        break;
                    case State:
                        state = reader.ReadString();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        catch (IpcSerializationException)
        {
            return default;
        }

        return ActivityContext.TryParse(parent, state, isRemote: true, out ActivityContext context) ? context : default;
    }
}
