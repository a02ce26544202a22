using System.Collections.Immutable;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Protocol;

/// <summary>One service that a side offers, as the handshake tells it.</summary>
/// <param name="Contract">The contract's name on the wire.</param>
/// <param name="Instance">The instance's name; empty for the default instance.</param>
/// <param name="Fingerprint">Of the contract's description.</param>
/// <param name="Target">What calls carry in their target block; 0 for default instances.</param>
internal readonly record struct OfferedService(string Contract, string Instance, ulong Fingerprint, uint Target);

/// <summary>What Hello and Welcome say about their sender.</summary>
internal sealed record Greeting
{
    internal required string Name { get; init; }

    /// <summary>Largest frame that the sender accepts, header included.</summary>
    internal required int MaximumFrameLength { get; init; }

    /// <summary>Largest message that the sender accepts.</summary>
    internal required int MaximumMessageLength { get; init; }

    /// <summary>Differs between runs of a server, so that a client notices a restart.</summary>
    internal required ulong InstanceId { get; init; }

    internal required ImmutableArray<OfferedService> Services { get; init; }
}

/// <summary>
/// The first frames of a connection. The 16 bytes of their header are frozen for ever, so that any two versions of the library can
/// at least tell each other that they differ:
/// kind, flags 0, reserved 0, magic "CIPC" in the place of the call id, version (u16), minimum version (u16), features (u32).
/// </summary>
internal static class Handshake
{
    /// <summary>"CIPC" read as a little-endian number.</summary>
    internal const uint Magic = 0x43504943;

    internal const int Version = 1;

    /// <summary>A greeting longer than this is refused: nothing was agreed yet.</summary>
    internal const int MaximumLength = 64 * 1024;

    private const int MaximumServices = 4096;

    internal static FrameHeader Header(FrameKind kind) => new(kind, FrameFlags.None, Magic, Version | (Version << 16));

    /// <summary>Checks the frozen part of a first frame.</summary>
    /// <exception cref="IpcProtocolException">Not this protocol, or not this version.</exception>
    internal static void Check(FrameHeader header)
    {
        if (header.CallId != Magic)
        {
            throw ProtocolError.WrongMagic(header.CallId);
        }

        int version = (ushort)header.MethodId;
        int minimum = (ushort)(header.MethodId >> 16);
        if (minimum > Version || version < Version)
        {
            throw ProtocolError.WrongVersion(version);
        }
    }

    /// <summary>Writes a greeting's payload: an array whose tail a newer version may extend.</summary>
    internal static void Write(ref MessagePackWriter writer, Greeting greeting)
    {
        writer.WriteArrayHeader(5);
        writer.Write(greeting.Name);
        writer.Write(greeting.MaximumFrameLength);
        writer.Write(greeting.MaximumMessageLength);
        writer.Write(greeting.InstanceId);
        writer.WriteArrayHeader(greeting.Services.Length);
        foreach (OfferedService service in greeting.Services)
        {
            writer.WriteArrayHeader(4);
            writer.Write(service.Contract);
            writer.Write(service.Instance);
            writer.Write(service.Fingerprint);
            writer.Write(service.Target);
        }
    }

    internal static Greeting Read(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        try
        {
            return Read(payload);
        }
        catch (IpcSerializationException cause)
        {
            throw ProtocolError.BadHandshake(kind, cause);
        }
    }

    private static Greeting Read(ReadOnlySpan<byte> payload)
    {
        var reader = new MessagePackReader(payload);
        int count = reader.ReadArrayHeader();
        if (count < 5)
        {
            throw new IpcSerializationException($"A greeting has 5 values; {count} came.");
        }

        string name = reader.ReadString() ?? "";
        int frame = reader.ReadInt32();
        int message = reader.ReadInt32();
        ulong instance = reader.ReadUInt64();
        int services = reader.ReadArrayHeader();
        if (frame < FrameHeader.Length + FrameBlocks.MaximumFixedLength || message < 0 || services > MaximumServices)
        {
            throw new IpcSerializationException(
                $"The greeting's limits make no sense: frames of {frame} bytes, messages of {message} bytes, {services} services.");
        }

        var offered = ImmutableArray.CreateBuilder<OfferedService>(services);
        for (int i = 0; i < services; i++)
        {
            offered.Add(ReadService(ref reader));
        }

        return new Greeting
        {
            Name = name,
            MaximumFrameLength = frame,
            MaximumMessageLength = message,
            InstanceId = instance,
            Services = offered.MoveToImmutable(),
        };
    }

    private static OfferedService ReadService(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count < 4)
        {
            throw new IpcSerializationException($"A service has 4 values; {count} came.");
        }

        var service = new OfferedService(reader.ReadString() ?? "", reader.ReadString() ?? "", reader.ReadUInt64(), reader.ReadUInt32());
        for (int i = 4; i < count; i++)
        {
            reader.Skip();
        }

        return service;
    }
}
