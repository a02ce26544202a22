namespace Contracts.Ipc.Integration.Tests.Contracts;

[IpcService(Name = "tests.named")]
public partial interface INamed
{
    ValueTask<string> NameAsync();
}

[IpcService(Name = "tests.counting")]
public partial interface ICounting
{
    ValueTask<int> NextAsync();
}

/// <summary>Inherits two contracts and adds a method.</summary>
[IpcService(Name = "tests.family")]
public partial interface IFamily : INamed, ICounting
{
    ValueTask<string> BothAsync();
}

public sealed class Named(string name) : INamed
{
    public ValueTask<string> NameAsync() => new(name);
}

public sealed class Family(string name) : IFamily, IAsyncDisposable
{
    private int _count;

    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask<string> NameAsync() => new(name);

    public ValueTask<int> NextAsync() => new(Interlocked.Increment(ref _count));

    public ValueTask<string> BothAsync() => new($"{name} {_count}");

    public ValueTask DisposeAsync()
    {
        Disposed.SetResult();
        return default;
    }
}
