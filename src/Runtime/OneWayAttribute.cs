namespace Contracts.Ipc;

/// <summary>
/// Makes a method without result fire-and-forget: the call ends when the transport has taken the frame, and nothing
/// that the handler does comes back.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OneWayAttribute : Attribute;
