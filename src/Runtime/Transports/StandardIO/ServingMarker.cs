namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>Reads from a pipe; 0 at its end.</summary>
internal delegate ValueTask<int> PipeRead(Memory<byte> destination, CancellationToken cancellationToken);

/// <summary>
/// The first thing that a child sends when it begins to serve. What stands before it on its standard output was printed by the program, or by whatever
/// started the program, and is no concern of the protocol.
/// </summary>
/// <remarks>
/// Frozen for ever: parent and child may be of different versions. The zero in front keeps it apart from text, and as nothing in it repeats that zero, a
/// search never has to look back.
/// </remarks>
internal static class ServingMarker
{
    private const int BufferLength = 4096;

    /// <summary>The bytes.</summary>
    public static ReadOnlySpan<byte> Bytes => "\0Contracts.Ipc serves stdio: \u0001\n"u8;

    /// <summary>Reads up to the marker.</summary>
    /// <param name="read">The child's standard output.</param>
    /// <param name="print">
    /// Gets everything else that comes: what stands before the marker, and what came with it from a thread that was printing at that very moment. A child that
    /// serves says nothing until it is spoken to.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>False if the output ended before.</returns>
    public static async ValueTask<bool> FindAsync(PipeRead read, Action<ReadOnlyMemory<byte>> print, CancellationToken cancellationToken)
    {
        // Not from a pool: where a read cannot be cancelled, it may still be under way afterwards.
        byte[] buffer = new byte[BufferLength];
        int held = 0;
        while (true)
        {
            int count = await read(buffer.AsMemory(held), cancellationToken).ConfigureAwait(false);
            int end = held + count;
            int found = buffer.AsSpan(0, end).IndexOf(Bytes);
            int printed = found >= 0 ? found : count == 0 ? end : end - HeldBack(buffer.AsSpan(0, end));
            print(buffer.AsMemory(0, printed));
            if (found >= 0)
            {
                print(buffer.AsMemory(found + Bytes.Length, end - found - Bytes.Length));
                return true;
            }

            if (count == 0)
            {
                return false;
            }

            held = end - printed;
            buffer.AsSpan(printed, held).CopyTo(buffer);
        }
    }

    /// <summary>How many bytes at the end may be the beginning of the marker.</summary>
    private static int HeldBack(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> last = bytes[^Math.Min(bytes.Length, Bytes.Length - 1)..];
        int begin = last.LastIndexOf(Bytes[0]);
        return begin >= 0 && Bytes.StartsWith(last[begin..]) ? last.Length - begin : 0;
    }
}
