namespace Contracts.Ipc;

/// <summary>Keeps a public member out of its message.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class IpcIgnoreAttribute : Attribute;
