using System.Collections.Immutable;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Rpc;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Protocol;

/// <summary>What is on the wire, byte by byte. A change here is a change of the protocol.</summary>
public sealed class GoldenBytesTests
{
    [Fact]
    public void The_first_16_bytes_of_a_Hello_are_frozen_for_ever()
    {
        byte[] header = new byte[16];
        Handshake.Header(FrameKind.Hello).Write(header);
        Assert.Equal("01000000" + "43495043" + "01000100" + "00000000", Convert.ToHexString(header));
    }

    [Fact]
    public void The_magic_is_CIPC_in_ASCII()
    {
        byte[] header = new byte[16];
        Handshake.Header(FrameKind.Welcome).Write(header);
        Assert.Equal("CIPC"u8, header.AsSpan(4, 4));
        Assert.Equal(2, header[0]);
    }

    [Fact]
    public void The_payload_of_a_greeting_is_an_array_of_five_that_may_grow()
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        Handshake.Write(ref writer, new Greeting
        {
            Name = "n",
            MaximumFrameLength = 65536,
            MaximumMessageLength = 1,
            InstanceId = 0x0102030405060708,
            Services = ImmutableArray.Create(new OfferedService("c", "i", 0xFF, 3)),
        });
        writer.Flush();
        Assert.Equal("95" + "A16E" + "CE00010000" + "01" + "CF0102030405060708" + "91" + "94A163A169CCFF03", Convert.ToHexString(buffer.WrittenSpan));

        // A newer version's sixth value is no reason to refuse.
        byte[] longer = [0x96, .. buffer.WrittenSpan[1..], 0xC3];
        Assert.Equal("n", Handshake.Read(FrameKind.Hello, longer).Name);
    }

    [Fact]
    public void A_header_is_kind_flags_processor_call_id_method_id_in_little_endian()
    {
        byte[] header = new byte[16];
        var written = new FrameHeader(FrameKind.Call, FrameFlags.Deadline | FrameFlags.OneWay, 0x11223344, 0x0102030405060708, 0x0A0B);
        written.Write(header);
        Assert.Equal("04" + "11" + "0B0A" + "44332211" + "0807060504030201", Convert.ToHexString(header));
        Assert.Equal(written, FrameHeader.Read(header));
    }

    [Fact]
    public void The_top_three_bits_beside_the_processor_are_the_priority()
    {
        byte[] header = new byte[16];
        var written = new FrameHeader(FrameKind.Cancel, FrameFlags.None, 1, 0, FrameHeader.ProcessorMask, Priority: 5);
        written.Write(header);
        Assert.Equal("07" + "00" + "FFBF" + "01000000" + "0000000000000000", Convert.ToHexString(header));
        Assert.Equal(written, FrameHeader.Read(header));
        Assert.Equal(5, FrameHeader.PriorityOf(header));
    }

    [Fact]
    public void Every_fragment_carries_the_priority_of_its_message()
    {
        var frame = new FrameWriter(new FrameHeader(FrameKind.Result, FrameFlags.None, 9, 0, Processor: 3, Priority: 6));
        frame.Buffer.Write(new byte[(2 * LongMessage.LeastBody) + 1]);
        using LongMessage message = frame.ToLongMessage();
        var priorities = new List<int>();
        while (message.Remaining > 0)
        {
            Span<byte> head = new byte[LongMessage.MaximumHeadLength];
            _ = message.TakeFragment(ref head, maximumFrameLength: 64);
            priorities.Add(FrameHeader.PriorityOf(head[FrameHeader.PrefixLength..]));
        }

        Assert.Equal([6, 6, 6], priorities);
    }

    [Fact]
    public void A_call_is_length_header_deadline_target_metadata_arguments()
    {
        var frame = new FrameWriter(new FrameHeader(FrameKind.Call, FrameFlags.Cancellable, 0, 0xAA), deadlineMilliseconds: 30_000, target: 2, metadata: [0x80]);
        try
        {
            var writer = new MessagePackWriter(frame.Buffer);
            writer.WriteArrayHeader(2);
            writer.Write(1);
            writer.Write("x");
            writer.Flush();
            frame.SetCallId(7);
            Assert.Equal(
                "1F000000" + "04" + "0F" + "0000" + "07000000" + "AA00000000000000" + "30750000" + "02000000" + "0100" + "80" + "92" + "01" + "A178",
                Convert.ToHexString(frame.Finish()));
        }
        finally
        {
            frame.Dispose();
        }
    }

    [Fact]
    public void The_blocks_of_a_call_are_read_as_they_are_written()
    {
        byte[] frame = Convert.FromHexString("042F000007000000AA00000000000000" + "30750000" + "02000000" + "0100" + "80" + "40E20100" + "91");
        FrameBlocks blocks = FrameBlocks.Read(FrameHeader.Read(frame), frame);
        Assert.Equal((30_000u, 2u, 123_456u), (blocks.DeadlineMilliseconds, blocks.Target, blocks.TotalLength));
        Assert.Equal("80", Convert.ToHexString(blocks.Metadata));
        Assert.Equal("91", Convert.ToHexString(blocks.Payload));
    }

    [Fact]
    public void A_fault_is_code_message_type_stack_fault_detail()
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        FaultMessage.Write(ref writer, IpcErrorCode.RemoteException, "m", "T", "s");
        writer.Flush();
        Assert.Equal("96" + "01" + "A16D" + "A154" + "A173" + "C0" + "C0", Convert.ToHexString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData(IpcErrorCode.Unimplemented, typeof(IpcUnimplementedException))]
    [InlineData(IpcErrorCode.ResourceExhausted, typeof(IpcResourceExhaustedException))]
    [InlineData(IpcErrorCode.PermissionDenied, typeof(IpcPermissionException))]
    [InlineData(IpcErrorCode.Serialization, typeof(IpcSerializationException))]
    [InlineData(IpcErrorCode.Cancelled, typeof(OperationCanceledException))]
    [InlineData(IpcErrorCode.DeadlineExceeded, typeof(TimeoutException))]
    [InlineData(IpcErrorCode.ConnectionLost, typeof(IpcConnectionException))]
    [InlineData(IpcErrorCode.ProtocolViolation, typeof(IpcProtocolException))]
    [InlineData(IpcErrorCode.VersionMismatch, typeof(IpcProtocolException))]
    [InlineData(IpcErrorCode.RemoteException, typeof(IpcRemoteException))]
    [InlineData((IpcErrorCode)999, typeof(IpcRemoteException))]
    public void Every_code_becomes_the_exception_of_its_kind(IpcErrorCode code, Type expected)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackWriter(buffer);
        FaultMessage.Write(ref writer, code, "what happened");
        writer.Flush();
        Exception read = FaultMessage.Read(buffer.WrittenSpan, []);
        Assert.IsType(expected, read);
        Assert.Equal("what happened", read.Message);
    }

    [Fact]
    public void The_numbers_of_kinds_flags_and_codes_never_change()
    {
        Assert.Equal(
            "Hello=1 Welcome=2 Reject=3 Call=4 Result=5 Fault=6 Cancel=7 Fragment=8 Ping=9 Pong=10 GoAway=11 Goodbye=12",
            string.Join(' ', Enum.GetValues<FrameKind>().Select(static kind => $"{kind}={(int)kind}")));
        Assert.Equal(
            "None=0 Deadline=1 Target=2 Metadata=4 Cancellable=8 OneWay=16 Fragmented=32 OfReply=64",
            string.Join(' ', Enum.GetValues<FrameFlags>().Select(static flag => $"{flag}={(int)flag}")));
        Assert.Equal(
            "None=0 RemoteException=1 Fault=2 ConnectionLost=3 Unimplemented=4 ResourceExhausted=5 PermissionDenied=6 ProtocolViolation=7 "
                + "Serialization=8 Cancelled=9 DeadlineExceeded=10 VersionMismatch=11 Endpoint=12 SharedMemory=13 NotFound=14 AlreadyExists=15 Incompatible=16",
            string.Join(' ', Enum.GetValues<IpcErrorCode>().Select(static code => $"{code}={(int)code}")));
    }

    [Fact]
    public void A_method_id_is_the_FNV_1a_hash_of_contract_and_method()
    {
        Assert.Equal(0xCBF29CE484222325, MethodId.Of(""));
        Assert.Equal(0xAF63DC4C8601EC8C, MethodId.Of("a"));
        Assert.Equal(0x85944171F73967E8, MethodId.Of("foobar"));
    }
}
