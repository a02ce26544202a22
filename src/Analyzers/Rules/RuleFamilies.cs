using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>The families of rules that a project wants to hear: all, unless its property <c>ContractsDisabledRules</c> names some, as in <c>Usage;Layout</c>. The package's targets pass them with commas: in what the build tells the compiler a semicolon begins a comment.</summary>
/// <remarks>Severities in .editorconfig silence a rule after it was computed; a family that is switched off costs nothing.</remarks>
internal sealed class RuleFamilies
{
    private const string Property = "build_property._ContractsDisabledRules";
    private static readonly char[] Separators = [';', ',', ' '];

    private readonly string[] _disabled;

    private RuleFamilies(string[] disabled) => _disabled = disabled;

    internal static RuleFamilies Of(AnalyzerOptions options)
        => new(options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out string? names)
            ? names.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            : []);

    /// <summary>Whether the family of the rule is wanted. A family is called as its category ends: <c>Usage</c>.</summary>
    internal bool Want(DiagnosticDescriptor rule)
        => !_disabled.Any(name => rule.Category.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
}
