namespace Contracts.Ipc.Native;

/// <summary>struct iovec[2]: two pieces of memory that one system call writes one after the other.</summary>
internal readonly unsafe struct VectorPair(byte* first, int firstLength, byte* second, int secondLength)
{
    private readonly Vector _first = new(first, firstLength);
    private readonly Vector _second = new(second, secondLength);

    // struct iovec.
    private readonly struct Vector(byte* start, int length)
    {
        private readonly byte* _start = start;
        private readonly nuint _length = (nuint)length;
    }
}
