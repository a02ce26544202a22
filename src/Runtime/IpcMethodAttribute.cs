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
}
