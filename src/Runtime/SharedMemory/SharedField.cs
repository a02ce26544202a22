namespace Contracts.Ipc.SharedMemory;

/// <summary>One leaf of a shared struct: a number, an enum, or an array of one of them.</summary>
/// <param name="Path">How C# reaches it: <c>Position.Y</c>.</param>
/// <param name="Type">What it is: <c>Double</c>, <c>UInt64</c>, <c>Byte[16]</c>, <c>Color:Byte</c> for an enum.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
/// <param name="Size">Its bytes.</param>
public readonly record struct SharedField(string Path, string Type, int Offset, int Size);
