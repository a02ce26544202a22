using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>The baseline that a project gives to the compiler as additional files.</summary>
internal sealed class Baseline
{
    private const string FrozenProperty = "build_property.IpcContractsFrozen";

    // What the targets IpcCreateBaseline and IpcShipBaseline are about to do needs no advice.
    private const string ActionProperty = "build_property.IpcBaselineAction";

    private Baseline(AdditionalText? shippedText, AdditionalText? unshippedText, bool isFrozen, CancellationToken cancellationToken)
    {
        ShippedText = shippedText;
        UnshippedText = unshippedText;
        IsFrozen = isFrozen;
        Shipped = Parse(shippedText, cancellationToken);
        Unshipped = Parse(unshippedText, cancellationToken);
    }

    /// <summary>Null if the project has no baseline.</summary>
    internal AdditionalText? ShippedText { get; }

    internal AdditionalText? UnshippedText { get; }

    internal BaselineFile Shipped { get; }

    internal BaselineFile Unshipped { get; }

    /// <summary>Whether this build is a release, with nothing unshipped.</summary>
    internal bool IsFrozen { get; }

    /// <summary>Null if the project neither has a baseline nor asks for one: then nothing of the family is said.</summary>
    internal static Baseline? Of(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        AdditionalText? shipped = Find(options.AdditionalFiles, BaselineFile.Shipped);
        AdditionalText? unshipped = Find(options.AdditionalFiles, BaselineFile.Unshipped);
        string action = Property(options, ActionProperty);
        bool isFrozen = string.Equals(Property(options, FrozenProperty), "true", StringComparison.OrdinalIgnoreCase) && action.Length == 0;
        return action == "Create" || (shipped is null && unshipped is null && !isFrozen) ? null : new Baseline(shipped, unshipped, isFrozen, cancellationToken);
    }

    private static string Property(AnalyzerOptions options, string name)
        => options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(name, out string? value) ? value : "";

    private static AdditionalText? Find(ImmutableArray<AdditionalText> files, string name)
        => files.FirstOrDefault(file => string.Equals(NameOf(file.Path), name, StringComparison.OrdinalIgnoreCase));

    private static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    private static BaselineFile Parse(AdditionalText? file, CancellationToken cancellationToken)
        => file?.GetText(cancellationToken) is { } text ? BaselineFile.Parse(text) : BaselineFile.Empty;
}
