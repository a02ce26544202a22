namespace Contracts.Ipc.Transports.Descriptors;

/// <summary>The checksum of scanned messages: FNV-1a, 32 bits. Against accidents, not against malice.</summary>
internal static class Fnv1a
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 16777619;
        }

        return hash;
    }
}
