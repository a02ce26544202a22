using System.Globalization;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.PosixQueue;

/// <summary>What queues are called. The kernel has one flat space of names for all users, so every name begins with whose it is.</summary>
internal static class PosixQueueName
{
    /// <summary>Of a server's request queue.</summary>
    public static string OfRequests(IpcEndpoint endpoint) => $"/contracts.{Files.EffectiveUserId}.{endpoint.Address}";

    /// <summary>Of a client's reply queue. The server derives it as well, so that no client can have it open anything else.</summary>
    public static string OfReplies(IpcEndpoint endpoint, uint process, ulong key) =>
        string.Create(CultureInfo.InvariantCulture, $"{OfRequests(endpoint)}.{process}.{key:x16}");

    /// <summary>The lock file beside the right to a server's name.</summary>
    public static string LockPath(IpcEndpoint endpoint) => Path.Combine(UserDirectory.Get(), endpoint.Address + ".mq.lock");
}
