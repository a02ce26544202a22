using System.Collections.Immutable;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>What the parser makes of one shared struct: a model, or the reasons why there is none.</summary>
/// <param name="Model">The layout; null if the struct is refused.</param>
/// <param name="Placeholder">What stands in for a refused struct, so that its uses compile; null if there is a model or the struct cannot be extended.</param>
/// <param name="Problems">Reasons and advice. They hold locations and must not outlive the compilation.</param>
internal sealed record LayoutResult(LayoutModel? Model, LayoutPlaceholder? Placeholder, ImmutableArray<LayoutProblem> Problems);
