using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing.Declarations;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>What the parser makes of one contract: a model, or the reasons why there is none.</summary>
/// <param name="Model">The contract and its formatters; null if there are problems.</param>
/// <param name="Placeholder">
/// What stands in for an invalid contract, so that its uses compile and only the analyzers speak; null if there is a model, or if
/// the declaration cannot be extended.
/// </param>
/// <param name="Problems">Empty if there is a model. They hold symbols and must not outlive the compilation.</param>
internal sealed record ParseResult(ContractUnit? Model, PlaceholderModel? Placeholder, ImmutableArray<ContractProblem> Problems)
{
    /// <summary>What a baseline says of the contract; null unless it was asked for. They hold symbols, too.</summary>
    internal IReadOnlyList<RecordedFact>? Facts { get; init; }

    /// <summary>What a valid contract consists of, for who has more to say about it than that it is valid. It holds symbols too.</summary>
    internal ContractDeclaration? Declaration { get; init; }
}
