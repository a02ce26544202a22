using Contracts.Ipc.Native;
using Contracts.Ipc.Protocol;
using Contracts.Ipc.Transports.Queues;

namespace Contracts.Ipc.Runtime.Tests.Transports.Queues;

/// <summary>The bytes of docs/protocol.md.</summary>
public sealed class QueueMessageTests
{
    [Fact]
    public void The_header_is_written_as_documented()
    {
        byte[] bytes = new byte[QueueMessage.HeaderLength];
        QueueMessage message = new(QueueMessageKind.Part, 0x01020304, 0x1112131415161718, 5);

        message.Write(bytes);

        Assert.Equal("0505000004030201" + "1817161514131211", Convert.ToHexString(bytes));
        Assert.Equal(message, QueueMessage.Read(bytes));
    }

    [Fact]
    public void The_greeting_is_written_as_documented()
    {
        byte[] bytes = new byte[QueueGreeting.Length];
        QueueGreeting greeting = QueueGreeting.Own(4, 2048, locator: 0x99, QueueStatus.Closing) with
        {
            Process = new ProcessIdentity(0x0A0B0C0D, 0x2122232425262728),
            PidNamespace = 0x31,
        };

        greeting.Write(bytes);

        Assert.Equal(
            "4349504351554531" + "01000000" + "06000000" + "0D0C0B0A" + "00000000" + "2827262524232221" + "3100000000000000" + "04000000" + "00080000"
            + "9900000000000000" + "0000000000000000",
            Convert.ToHexString(bytes));
        Assert.Equal(greeting, QueueGreeting.Read(bytes));
    }

    [Theory]
    [InlineData(FrameKind.Call, 0, 1)]
    [InlineData(FrameKind.Result, 7, 8)]
    [InlineData(FrameKind.Ping, 0, 1)]
    [InlineData(FrameKind.GoAway, 0, 0)]
    [InlineData(FrameKind.Goodbye, 0, 0)]
    internal void Calls_travel_by_their_priority_and_farewells_below_all_of_them(FrameKind kind, byte priority, int expected)
    {
        byte[] frame = new byte[FrameHeader.Length];
        new FrameHeader(kind, FrameFlags.None, 1, 2, Processor: 3, Priority: priority).Write(frame);

        Assert.Equal(expected, QueueMessage.PriorityOf(frame));
    }
}
