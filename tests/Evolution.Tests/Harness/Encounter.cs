using System.Reflection;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>Servers of both versions, each with all contracts of its version, over one transport.</summary>
internal sealed class Encounter : IAsyncDisposable
{
    private readonly Party _old;
    private readonly Party _new;

    private Encounter(Party old, Party @new)
    {
        _old = old;
        _new = @new;
    }

    internal static async Task<Encounter> BeginAsync(ContractVersion old, ContractVersion @new, IReadOnlyCollection<string> namespaces, string transport)
        => new(
            await Party.StartAsync(old, namespaces, $"{transport}:evolution-old-{Guid.NewGuid():N}"),
            await Party.StartAsync(@new, namespaces, $"{transport}:evolution-new-{Guid.NewGuid():N}"));

    /// <summary>What becomes of the calls of an old client to the new server.</summary>
    internal Task<IReadOnlyList<string>> OldCallsNewAsync(string @namespace, IReadOnlyList<bool> dropped) => CallAsync(_old.Version, _new, @namespace, dropped);

    /// <summary>What becomes of the calls of a new client to the old server.</summary>
    internal Task<IReadOnlyList<string>> NewCallsOldAsync(string @namespace, IReadOnlyList<bool> dropped) => CallAsync(_new.Version, _old, @namespace, dropped);

    public async ValueTask DisposeAsync()
    {
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    private static async Task<IReadOnlyList<string>> CallAsync(ContractVersion client, Party server, string @namespace, IReadOnlyList<bool> dropped)
    {
        var outcomes = new List<string>();
        if (!client.Has(@namespace))
        {
            return outcomes;
        }

        await using IpcConnection connection = await IpcConnection.ConnectAsync(server.Endpoint);
        Func<object?>[] calls = client.Calls(connection, @namespace);
        for (int i = 0; i < calls.Length; i++)
        {
            outcomes.Add(await OutcomeAsync(connection, calls[i], server.RecorderOf(@namespace), dropped[i]));
        }

        // Whatever happened to the calls, the connection goes on.
        Assert.True(connection.IsOpen);
        _ = await connection.PingAsync();
        return outcomes;
    }

    private static async Task<string> OutcomeAsync(IpcConnection connection, Func<object?> call, Recorder? recorder, bool isDropped)
    {
        string result = "";
        try
        {
            object? returned = call();
            result = returned is Task or ValueTask || IsGenericValueTask(returned) ? await ResultAsync(returned!) : " = " + Rendering.Of(returned);
        }
        catch (Exception error) when (error is IpcException or TimeoutException)
        {
            string? received = recorder?.Take();
            return received is null ? Rendering.OfError(error) : $"{received} = {Rendering.OfError(error)}";
        }

        if (isDropped)
        {
            // Frames keep their order: with the answer, the other side has looked at the call.
            _ = await connection.PingAsync();
            return recorder?.Take() ?? Call.Dropped;
        }

        return await recorder!.WaitAsync() + result;
    }

    private static bool IsGenericValueTask(object? value)
        => value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    private static async Task<string> ResultAsync(object returned)
    {
        Task task = returned as Task ?? (returned is ValueTask plain ? plain.AsTask() : (Task)returned.GetType().GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null)!);
        await task;
        PropertyInfo? result = task.GetType().GetProperty("Result");
        return result is null || result.PropertyType.Name == "VoidTaskResult" ? "" : " = " + Rendering.Of(result.GetValue(task));
    }
}
