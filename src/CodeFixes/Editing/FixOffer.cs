using Microsoft.CodeAnalysis.Editing;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>One way to fix a diagnostic.</summary>
/// <param name="Title">What the user reads.</param>
/// <param name="Key">The same for all diagnostics that "fix all" treats alike.</param>
/// <param name="Apply">Makes the edit.</param>
internal sealed record FixOffer(string Title, string Key, Action<SyntaxEditor> Apply);
