using System.Runtime.InteropServices;
using Contracts.Ipc.Native;
using Contracts.Ipc.SharedMemory.Waiting;

namespace Contracts.Ipc.SharedMemory.Synchronization;

/// <summary>Who has how much of something: a row for each object that some process has opened, in the shared memory itself.</summary>
/// <remarks>
/// Rows are claimed and freed under the mutex of the named object. A row belongs to a process by id and start time, so that whoever looks can tell that its owner
/// has ended, and free what it had. A row whose process id is zero is free; the id is written last and cleared first.
/// </remarks>
internal readonly unsafe struct OwnerTable(MappedMemory memory, byte* used, byte* rows)
{
    /// <summary>How many objects can have something at once.</summary>
    public const int Capacity = 256;

    /// <summary>A row has a cache line of its own: its word changes with every operation of its owner.</summary>
    public const int RowSize = 64;

    /// <summary>All rows.</summary>
    public const int Size = Capacity * RowSize;

    // How many rows were ever used; so a scan reads no more than that.
    private int Used => Math.Clamp(Volatile.Read(ref *(int*)used), 0, Capacity);

    /// <summary>Claims a row. Under the mutex.</summary>
    /// <returns>Its index; negative if none is free.</returns>
    public int TryClaim(ProcessIdentity owner)
    {
        int count = Used;
        for (int i = 0; i < Capacity; i++)
        {
            Row* row = At(i);
            if (i < count && row->Process != 0)
            {
                continue;
            }

            row->Word = 0;
            row->StartTime = owner.StartTime;
            Volatile.Write(ref row->Process, owner.Id);
            if (i >= count)
            {
                Volatile.Write(ref *(int*)used, i + 1);
            }

            return i;
        }

        return -1;
    }

    /// <summary>Gives a row back, with all that it has. Under the mutex.</summary>
    public void Free(int index)
    {
        Volatile.Write(ref At(index)->Process, 0);
        Volatile.Write(ref At(index)->Word, 0);
    }

    /// <summary>Gives back a row that has nothing. By its owner, without the mutex: nobody else touches the row of a living process.</summary>
    public void FreeEmpty(int index) => Volatile.Write(ref At(index)->Process, 0);

    /// <summary>Frees the rows of processes that have ended. Under the mutex.</summary>
    /// <returns>Whether there were any.</returns>
    public bool FreeDead()
    {
        bool hasFreed = false;
        for (int i = Used - 1; i >= 0; i--)
        {
            ProcessIdentity owner = Owner(i);
            if (owner.Id != 0 && !owner.IsAlive())
            {
                Free(i);
                hasFreed = true;
            }
        }

        return hasFreed;
    }

    /// <summary>How much all of them have together. Under the mutex.</summary>
    public int Sum()
    {
        int sum = 0;
        for (int i = Used - 1; i >= 0; i--)
        {
            sum += At(i)->Process != 0 ? Units(i) : 0;
        }

        return sum;
    }

    /// <summary>What a row has.</summary>
    public int Units(int index) => Word(index).Value / SharedWord.Unit;

    /// <summary>The word of a row: how much it has, in units, and whether somebody sleeps until it has none.</summary>
    public SharedWord Word(int index) => new(memory, (byte*)&At(index)->Word);

    /// <summary>How many rows there are to look at.</summary>
    public int Rows => Used;

    /// <summary>Whose a row is; the id is zero for a free one.</summary>
    public ProcessIdentity Owner(int index)
    {
        Row* row = At(index);
        return new ProcessIdentity(Volatile.Read(ref row->Process), row->StartTime);
    }

    /// <summary>
    /// Everybody who has a row, without the mutex. A row that changes hands meanwhile may show somebody who never was; he counts as ended, and whoever acts on that
    /// looks again under the mutex.
    /// </summary>
    public List<ProcessIdentity> Owners()
    {
        List<ProcessIdentity> owners = [];
        for (int i = Used - 1; i >= 0; i--)
        {
            if (Owner(i) is { Id: not 0 } owner)
            {
                owners.Add(owner);
            }
        }

        return owners;
    }

    private Row* At(int index) => (Row*)(rows + (index * RowSize));

    [StructLayout(LayoutKind.Sequential, Size = RowSize)]
    private struct Row
    {
        public int Word;
        public uint Process;
        public ulong StartTime;
    }
}
