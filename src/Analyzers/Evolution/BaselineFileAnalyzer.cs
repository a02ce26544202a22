using System.Collections.Immutable;
using System.Globalization;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Looks at the files of a baseline by themselves: IPC5004 to IPC5007 and IPC5009.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineFileAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [BaselineRules.LineInvalid, BaselineRules.LineRepeated, BaselineRules.ShippedEdited, BaselineRules.UnshippedWhileFrozen, BaselineRules.RemovedWithoutReason];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (Baseline.Of(context.Options, context.CancellationToken) is not { } baseline)
        {
            return;
        }

        context.RegisterAdditionalFileAction(file =>
        {
            if (file.AdditionalFile == baseline.ShippedText)
            {
                AnalyzeLines(file, baseline.Shipped);
                AnalyzeShipped(file, baseline.Shipped);
            }
            else if (file.AdditionalFile == baseline.UnshippedText)
            {
                AnalyzeLines(file, baseline.Unshipped);
                AnalyzeUnshipped(file, baseline);
            }
        });
    }

    private static void AnalyzeLines(AdditionalFileAnalysisContext context, BaselineFile file)
    {
        if (file.Version != BaselineFile.Header)
        {
            Report(context, BaselineRules.LineInvalid, default, file.Version ?? "", $"the file has to begin with '{BaselineFile.Header}'");
        }

        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (BaselineLine line in file.Lines)
        {
            if (line.Kind == BaselineLineKind.Invalid)
            {
                Report(context, BaselineRules.LineInvalid, line.Span, line.Text, "it names no fact that this version of the package knows");
            }
            else if (!subjects.Add($"{line.Kind} {line.Fact!.Subject}"))
            {
                Report(context, BaselineRules.LineRepeated, line.Span, line.Fact.Subject);
            }
        }
    }

    private static void AnalyzeShipped(AdditionalFileAnalysisContext context, BaselineFile file)
    {
        foreach (BaselineLine line in file.Lines.Where(line => line.Kind == BaselineLineKind.Removed))
        {
            Report(context, BaselineRules.RemovedWithoutReason, line.Span, line.Fact!.Line, "what is given up is said in IpcContracts.Unshipped.txt");
        }

        if (!file.IsAsShipped && file.Lines.All(line => line.Kind != BaselineLineKind.Invalid))
        {
            Report(context, BaselineRules.ShippedEdited, default, BaselineFile.Shipped);
        }
    }

    private static void AnalyzeUnshipped(AdditionalFileAnalysisContext context, Baseline baseline)
    {
        var shipped = new HashSet<ContractFact>(baseline.Shipped.Facts);
        foreach (BaselineLine line in baseline.Unshipped.Lines.Where(line => line.Kind != BaselineLineKind.Invalid))
        {
            bool isShipped = shipped.Contains(line.Fact!);
            if (line.Kind == BaselineLineKind.Removed && !isShipped)
            {
                Report(context, BaselineRules.RemovedWithoutReason, line.Span, line.Fact!.Line, "IpcContracts.Shipped.txt has no such line");
            }
            else if (line.Kind == BaselineLineKind.Fact && isShipped)
            {
                Report(context, BaselineRules.LineRepeated, line.Span, line.Fact!.Subject);
            }
        }

        if (baseline.IsFrozen && !baseline.Unshipped.Lines.IsEmpty)
        {
            Report(
                context,
                BaselineRules.UnshippedWhileFrozen,
                baseline.Unshipped.Lines[0].Span,
                BaselineFile.Unshipped,
                baseline.Unshipped.Lines.Length.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Report(AdditionalFileAnalysisContext context, DiagnosticDescriptor rule, TextSpan span, params object[] arguments)
    {
        SourceText text = context.AdditionalFile.GetText(context.CancellationToken)!;
        context.ReportDiagnostic(Diagnostic.Create(rule, Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)), arguments));
    }
}
