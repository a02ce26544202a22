namespace Contracts.Ipc.Introspection;

/// <summary>
/// What every server tells of itself: a contract like any other, under a name that no user can take. It is not part of the greeting; who wants it
/// calls it.
/// </summary>
/// <remarks>Messages travel by name, so that a newer server may tell more.</remarks>
[IpcService(Name = Reserved.ServerContract)]
internal partial interface IServerIntrospection
{
    /// <summary>Nothing, as fast as can be: what a call costs over this connection.</summary>
    [IpcMethod(Idempotent = true)]
    ValueTask PingAsync(CancellationToken cancellationToken = default);

    /// <summary>The server itself.</summary>
    [IpcMethod(Idempotent = true)]
    ValueTask<ServerReport> GetServerAsync(CancellationToken cancellationToken = default);

    /// <summary>Who is connected now.</summary>
    [IpcMethod(Idempotent = true)]
    ValueTask<IReadOnlyList<ConnectionReport>> GetConnectionsAsync(CancellationToken cancellationToken = default);

    /// <summary>The contracts that are offered, with their descriptions.</summary>
    /// <param name="name">Of the one contract that is wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [IpcMethod(Idempotent = true)]
    ValueTask<IReadOnlyList<ContractReport>> GetContractsAsync(string? name = null, CancellationToken cancellationToken = default);

    /// <summary>The calls that ended since the last batch. Waits for one if there is none.</summary>
    /// <param name="cursor">What the last batch gave as <see cref="CallBatch.Next"/>; 0 to begin now.</param>
    /// <param name="maximum">How many calls are wanted at most.</param>
    /// <param name="wait">How long to wait for the first; the server waits no longer than it likes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<CallBatch> GetCallsAsync(ulong cursor, int maximum, TimeSpan wait, CancellationToken cancellationToken = default);
}
