namespace Contracts.Ipc;

/// <summary>
/// Sends an array, list or memory of an unmanaged type as one little-endian <c>bin</c>: a copy instead of a number per
/// element. Both sides must declare it.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue)]
public sealed class IpcPackedAttribute : Attribute;
