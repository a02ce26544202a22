using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Both versions of all changes, compiled once and served over two transports.</summary>
public sealed class CompiledChanges : IAsyncLifetime
{
    private readonly Dictionary<string, Encounter> _encounters = [];

    /// <summary>The transports over which the versions meet.</summary>
    internal static IEnumerable<string> Transports => ["inproc", "unix"];

    internal ContractVersion Old { get; private set; } = null!;

    internal ContractVersion New { get; private set; } = null!;

    internal Encounter Over(string transport) => _encounters[transport];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Old = ContractVersion.Compile(VersionSource.OldOf(ChangeCatalogue.All));
        New = ContractVersion.Compile(VersionSource.NewOf(ChangeCatalogue.All));
        foreach (string transport in Transports)
        {
            _encounters.Add(transport, await Encounter.BeginAsync(Old, New, [.. ChangeCatalogue.All.Select(static change => change.Namespace)], transport));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Encounter encounter in _encounters.Values)
        {
            await encounter.DisposeAsync();
        }
    }
}

/// <summary>One after the other: two compilations at once would leave no processor for those who talk.</summary>
[CollectionDefinition(Name)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "It is a collection of tests.")]
public sealed class CompiledChangesCollection : ICollectionFixture<CompiledChanges>
{
    /// <summary>Its name.</summary>
    public const string Name = "compiled changes";
}
