using System.Text;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>64-bit FNV-1a over UTF-8, the same as the runtime's: ids of methods and fingerprints of contracts.</summary>
internal static class Fnv1a
{
    internal static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        return hash;
    }
}
