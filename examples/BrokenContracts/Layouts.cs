// Structs for shared memory as somebody writes them who takes them for ordinary structs.

using System.Runtime.InteropServices;
using Contracts.Ipc.SharedMemory;

namespace BrokenContracts;

/// <summary>What the program shares.</summary>
[SharedLayout]
public partial struct Shelf
{
    public int Items;
    public int Sold;
    public double Weight;

    public double WeightOfOne() => Items == 0 ? 0 : Weight / Items; // IPC4130: does not say that it changes nothing
}

[SharedLayout]
public struct Door // IPC3001: the generator has to add to it
{
    public long Opened;
}

[SharedLayout]
[StructLayout(LayoutKind.Auto)]
public partial struct Ramp // IPC3006: each process may order the fields as it likes
{
    public int Number;
    public long Used;
}

[SharedLayout]
public partial struct Label
{
    [MarshalAs(UnmanagedType.I4)]
    public int Number; // IPC3012: nothing is marshalled
}

[SharedLayout]
public partial struct Window
{
    public nint Handle; // IPC3014: an address of one process
}

[SharedLayout]
public partial struct Delivery
{
    public DateTime Due; // IPC3016: its layout is the runtime's affair
}

[SharedLayout]
public partial struct Pallet
{
    public long Sequence { get; set; } // IPC3023: a field that nobody can refer to
}

[SharedLayout]
public partial struct Lamp
{
    public bool IsLit; // IPC3026: another language may write a 2
}

[SharedLayout]
public partial struct Aisle
{
    public char Letter; // IPC3027: one byte or two
}
