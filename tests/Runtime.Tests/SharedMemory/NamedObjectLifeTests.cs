using System.Runtime.Versioning;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Runtime.Tests.SharedMemory;

/// <summary>What all named objects have in common: of those who open or create, one creates; the name stands until it is unlinked.</summary>
[SupportedOSPlatform("linux")]
public sealed class NamedObjectLifeTests : SharedMemoryTest
{
    private static readonly Dictionary<string, (Func<string, IDisposable> Open, Func<IDisposable, bool> WasCreated, Func<string, bool> Exists, Func<string, bool> Unlink)> All = new()
    {
        ["mutex"] = (SharedMutex.OpenOrCreate, static item => ((SharedMutex)item).WasCreated, SharedMutex.Exists, SharedMutex.Unlink),
        ["semaphore"] = (static name => SharedSemaphore.OpenOrCreate(name, 3), static item => ((SharedSemaphore)item).WasCreated, SharedSemaphore.Exists, SharedSemaphore.Unlink),
        ["event"] = (static name => SharedEvent.OpenOrCreate(name, SharedEventMode.AutoReset), static item => ((SharedEvent)item).WasCreated, SharedEvent.Exists, SharedEvent.Unlink),
        ["lock"] = (SharedReaderWriterLock.OpenOrCreate, static item => ((SharedReaderWriterLock)item).WasCreated, SharedReaderWriterLock.Exists, SharedReaderWriterLock.Unlink),
        ["queue"] = (static name => SharedQueue<Parcel>.OpenOrCreate(name, 8), static item => ((SharedQueue<Parcel>)item).WasCreated, SharedQueue<Parcel>.Exists, SharedQueue<Parcel>.Unlink),
    };

    public static TheoryData<string> Kinds => [.. All.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void One_makes_it_and_the_others_find_it_until_it_is_unlinked(string kind)
    {
        (Func<string, IDisposable> open, Func<IDisposable, bool> wasCreated, Func<string, bool> exists, Func<string, bool> unlink) = All[kind];
        string name = NewName();
        Assert.False(exists(name));
        using (IDisposable first = open(name))
        {
            Assert.True(wasCreated(first));
        }

        Assert.True(exists(name));
        using (IDisposable second = open(name))
        {
            Assert.False(wasCreated(second));
        }

        Assert.True(unlink(name));
        Assert.False(unlink(name));
        using (IDisposable third = open(name))
        {
            Assert.True(wasCreated(third));
            Assert.True(unlink(name));
        }
    }
}
