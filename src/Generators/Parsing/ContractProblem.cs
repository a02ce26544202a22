using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>One reason why a contract is invalid.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Symbol">The symbol that is wrong: the contract, a method, a parameter, a message type or its member.</param>
/// <param name="Location">
/// Where to say so: the symbol in source, else the place in the contract that reaches it. <see cref="Location.None"/> if neither
/// is in source.
/// </param>
/// <param name="Arguments">What the sentence names, in the order given at the <see cref="ProblemKind"/>.</param>
internal sealed record ContractProblem(ProblemKind Kind, ISymbol Symbol, Location Location, ImmutableArray<string> Arguments);
