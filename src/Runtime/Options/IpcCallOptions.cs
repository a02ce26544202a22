using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc;

/// <summary>How the calls of one proxy are made.</summary>
public sealed record IpcCallOptions
{
    /// <summary>
    /// Deadline of every call through the proxy; overrides the method's and the connection's. Null takes theirs;
    /// <see cref="Timeout.InfiniteTimeSpan"/> means none.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A proxy for the same service whose calls follow other options.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="proxy">A proxy made by <see cref="IpcConnection"/>.</param>
    /// <param name="options">The options of the new proxy.</param>
    /// <returns>The new proxy; the old one stays as it is.</returns>
    /// <exception cref="ArgumentException"><paramref name="proxy"/> is not a proxy of this library.</exception>
    public static T With<T>(T proxy, IpcCallOptions options)
        where T : class, IIpcContract<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (proxy is not IpcProxy made)
        {
            throw new ArgumentException("Not a proxy: pass what IpcConnection.GetProxy returned.", nameof(proxy));
        }

        return T.Contract.CreateProxy(made.Target.With(options));
    }
}
