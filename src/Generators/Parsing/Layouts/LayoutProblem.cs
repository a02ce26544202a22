using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>One thing that is wrong with a shared struct.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Location">Where to say so: the struct, or the one of its own fields that leads there.</param>
/// <param name="Arguments">What the sentence names, in the order given at the <see cref="LayoutProblemKind"/>.</param>
internal sealed record LayoutProblem(LayoutProblemKind Kind, Location Location, ImmutableArray<string> Arguments);
