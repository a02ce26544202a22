namespace Contracts.Ipc;

/// <summary>
/// Marks a message type whose members carry <see cref="IpcKeyAttribute"/>: integer keys make it a MessagePack array,
/// string keys a map. A type without this attribute travels as a map by member name.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class IpcMessageAttribute : Attribute;
