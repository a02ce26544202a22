using Contracts.Ipc.Generators.Tests.Harness;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>One contract in one version, and what its client and its server do.</summary>
/// <param name="Namespace">Where it is declared.</param>
/// <param name="Declarations">The contract and its types.</param>
/// <param name="Contract">The interface; null if this version does not have it.</param>
/// <param name="Answer">What the server answers.</param>
/// <param name="Calls">What the client calls.</param>
internal sealed record VersionSource(string Namespace, string Declarations, string? Contract, string Answer, IEnumerable<string> Calls)
{
    internal static IEnumerable<VersionSource> OldOf(IEnumerable<Change> changes)
        => changes.Select(static change => new VersionSource(change.Namespace, change.Old, change.OldContract, change.OldAnswer, change.OldClient.Select(static call => call.Expression)));

    internal static IEnumerable<VersionSource> NewOf(IEnumerable<Change> changes)
        => changes.Select(static change => new VersionSource(change.Namespace, change.New, change.NewContract, change.NewAnswer, change.NewClient.Select(static call => call.Expression)));

    internal string ToCode() =>
        $$"""
        {{TestCompilation.Usings}}
        namespace {{Namespace}};

        {{Declarations}}

        {{(Contract is null ? "" : Script())}}
        """;

    private string Script() =>
        $$"""
        public static class Script
        {
            public static readonly Type Contract = typeof({{Contract}});

            public static readonly Func<object?> Answer = static () => {{Answer}};

            public static readonly Func<{{Contract}}, object?>[] Calls = [{{string.Join(", ", Calls.Select(static call => $"static service => service.{call}"))}}];
        }
        """;
}
