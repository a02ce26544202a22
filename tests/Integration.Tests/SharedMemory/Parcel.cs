using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>What queues carry between the processes of the tests. A mixture of two parcels shows.</summary>
[SharedLayout]
internal partial struct Parcel
{
    public int Sender;
    public int Number;
    public long Check;

    public readonly bool IsIntact => Check == Seal(Sender, Number);

    public static Parcel Of(int sender, int number) => new() { Sender = sender, Number = number, Check = Seal(sender, number) };

    private static long Seal(int sender, int number) => ((long)sender << 40) ^ (number * 0x9E37_79B9L);
}
