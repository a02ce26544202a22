namespace Contracts.Ipc;

/// <summary>Where handlers of incoming calls run.</summary>
public enum IpcDispatch
{
    /// <summary>
    /// On the thread that received the call: fastest. A handler that has not returned after a few milliseconds keeps its thread, and
    /// another one goes on receiving; while that lasts, further calls of the connection go to the thread pool. The default.
    /// </summary>
    Inline,

    /// <summary>Always on the thread pool, concurrently.</summary>
    ThreadPool,

    /// <summary>One after the other for each connection, in the order of arrival, on the thread pool.</summary>
    Ordered,
}
