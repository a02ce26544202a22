namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>For measuring what a call allocates: nothing here needs an object.</summary>
[IpcService(Name = "tests.lean")]
public partial interface ILean
{
    int Add(int a, int b);

    ValueTask<int> AddAsync(int a, int b);

    ValueTask<int> AddWithTokenAsync(int a, int b, CancellationToken cancellationToken = default);

    /// <summary>Bytes that this process has allocated so far.</summary>
    long AllocatedBytes();
}

public sealed class Lean : ILean
{
    public int Add(int a, int b) => a + b;

    public ValueTask<int> AddAsync(int a, int b) => new(a + b);

    public ValueTask<int> AddWithTokenAsync(int a, int b, CancellationToken cancellationToken = default)
        => new(cancellationToken.CanBeCanceled ? a + b : 0);

    public long AllocatedBytes() => GC.GetTotalAllocatedBytes(precise: true);
}
