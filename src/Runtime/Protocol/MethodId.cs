using System.Text;

namespace Contracts.Ipc.Protocol;

/// <summary>
/// 64-bit FNV-1a (Fowler, Noll, Vo): the identity of methods and the hash of contract descriptions. Never used against an
/// adversary: collisions within a contract are rejected by the analyzer and when a service is added.
/// </summary>
internal static class MethodId
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    internal static ulong Of(string text)
    {
        ulong hash = OffsetBasis;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }
}
