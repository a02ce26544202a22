using System.Runtime.CompilerServices;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Benchmarks.SharedMemory;

/// <summary>What segments and queues carry here: numbers in a row.</summary>
internal interface IValue
{
    long First { get; set; }
}

[SharedLayout]
internal partial struct Bytes16 : IValue
{
    private long _first;
    private long _second;

    public long First
    {
        readonly get => _first;
        set => _first = _second = value;
    }
}

[SharedLayout]
internal partial struct Bytes64 : IValue
{
    private Eight _numbers;

    public long First
    {
        readonly get => _numbers[0];
        set => _numbers[0] = value;
    }
}

[SharedLayout]
internal partial struct Bytes256 : IValue
{
    private ThirtyTwo _numbers;

    public long First
    {
        readonly get => _numbers[0];
        set => _numbers[0] = value;
    }
}

[InlineArray(8)]
internal struct Eight
{
    private long _first;
}

[InlineArray(32)]
internal struct ThirtyTwo
{
    private long _first;
}
