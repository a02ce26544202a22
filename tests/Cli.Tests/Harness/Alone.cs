namespace Contracts.Ipc.Cli.Tests.Harness;

/// <summary>Tests of what all processes of the user share run with no other test beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
