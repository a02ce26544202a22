namespace Contracts.Ipc;

/// <summary>Sets how one method of a contract travels.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class IpcMethodAttribute : Attribute
{
    /// <summary>The method's name on the wire. Default: the C# name. Overloads need distinct names.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The deadline of a call in milliseconds; -1 (<see cref="Timeout.Infinite"/>) means none. 0, the default, takes
    /// the connection's default (30 s unless changed).
    /// </summary>
    public int TimeoutMilliseconds { get; set; }

    /// <summary>Whether executing the method twice does the same as executing it once.</summary>
    public bool Idempotent { get; set; }

    /// <summary>How urgent calls of the method are, from 0 (the default) to 7 (the most urgent).</summary>
    /// <remarks>
    /// <para>Over message queues (<c>mq:</c>, <c>sysv:</c>) an urgent frame overtakes less urgent ones that wait in the kernel's queue: calls on their way to the server, also those of other
    /// clients, and answers on their way back. All frames of one call have the priority of its method and keep their order; calls of different
    /// priority do not. The other transports deliver in the order of sending, whatever the priority.</para>
    /// <para>A priority orders what waits. It interrupts no handler and starts no thread, and a server without a backlog does not notice it.</para>
    /// </remarks>
    public int Priority { get; set; }
}
