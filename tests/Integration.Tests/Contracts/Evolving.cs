// One contract at different times of its life, and misunderstood: the names are equal on purpose.
namespace Contracts.Ipc.Integration.Tests.Contracts;

[IpcService(Name = "tests.evolving")]
public partial interface IEvolvingThen
{
    ValueTask<string> GreetAsync(string name);

    ValueTask<string> GoneAsync();
}

[IpcService(Name = "tests.evolving")]
public partial interface IEvolvingNow
{
    ValueTask<string> GreetAsync(string name, string greeting = "Hello", int times = 1, CancellationToken cancellationToken = default);

    ValueTask<string> AddedAsync();
}

[IpcService(Name = "tests.evolving")]
public partial interface IEvolvingBroken
{
    ValueTask<string> GreetAsync(string name, int required);
}

[IpcService(Name = "tests.evolving")]
public partial interface IEvolvingConfused
{
    ValueTask<int> GreetAsync(int name);
}

public sealed class EvolvingThen : IEvolvingThen
{
    public ValueTask<string> GreetAsync(string name) => new($"Hi, {name}");

    public ValueTask<string> GoneAsync() => new("still here");
}

public sealed class EvolvingNow : IEvolvingNow
{
    public ValueTask<string> GreetAsync(string name, string greeting = "Hello", int times = 1, CancellationToken cancellationToken = default)
        => new(string.Join(' ', Enumerable.Repeat($"{greeting}, {name}", times)));

    public ValueTask<string> AddedAsync() => new("added");
}

public sealed class EvolvingBroken : IEvolvingBroken
{
    public ValueTask<string> GreetAsync(string name, int required) => new(name);
}
