using Contracts.Ipc.Evolution.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Every change that is tried, in the order of the rules.</summary>
internal static class ChangeCatalogue
{
    private static readonly Dictionary<string, Change> ByNamespace = new[] { MethodChanges.All, ParameterChanges.All, MemberChanges.All, ReservationChanges.All, TypeChanges.All, EnumChanges.All, UnionChanges.All }
        .SelectMany(static changes => changes).OrderBy(static change => change.Rule).ToDictionary(static change => change.Namespace);

    internal static IReadOnlyCollection<Change> All => ByNamespace.Values;

    internal static Change Find(string @namespace) => ByNamespace[@namespace];
}
