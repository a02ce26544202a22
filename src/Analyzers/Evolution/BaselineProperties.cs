using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>What a diagnostic tells its fix.</summary>
internal static class BaselineProperties
{
    /// <summary>The name to pin, the number to restore, or the arguments of a reservation.</summary>
    internal const string Remedy = "remedy";

    private const string Added = "added";
    private const string Gone = "gone";

    internal static ImmutableDictionary<string, string?> Create(IEnumerable<ContractFact> added, IEnumerable<ContractFact> gone, string? remedy)
        => ImmutableDictionary<string, string?>.Empty.Add(Added, Join(added)).Add(Gone, Join(gone)).Add(Remedy, remedy);

    internal static IEnumerable<ContractFact> AddedBy(ImmutableDictionary<string, string?> properties) => Split(properties, Added);

    internal static IEnumerable<ContractFact> GoneBy(ImmutableDictionary<string, string?> properties) => Split(properties, Gone);

    private static string Join(IEnumerable<ContractFact> facts) => string.Join("\n", facts.Select(fact => fact.Line).Distinct());

    private static IEnumerable<ContractFact> Split(ImmutableDictionary<string, string?> properties, string name)
        => properties.TryGetValue(name, out string? lines) && lines is { Length: > 0 }
            ? lines.Split('\n').Select(ContractFact.Parse).OfType<ContractFact>()
            : [];
}
