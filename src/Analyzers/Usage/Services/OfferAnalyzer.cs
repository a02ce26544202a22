using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Services;

/// <summary>Follows a server through a method: services that come too late (IPC4021) or twice (IPC4022).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OfferAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ServiceRules.AddedTooLate, ServiceRules.AddedTwice];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: "AddService", TypeArguments.Length: 1 } || !UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Server) || ServerOf(call) is not { } server || call.IsExpectedToFail())
        {
            return;
        }

        IInvocationOperation[] uses = [.. call.Body().Descendants().OfType<IInvocationOperation>()
            .Where(use => UsageSymbols.Same(use.TargetMethod.ContainingType, symbols.Server) && use != call && SymbolEqualityComparer.Default.Equals(ServerOf(use), server))];
        string contract = call.TargetMethod.TypeArguments[0].Name;

        IInvocationOperation[] starts = [.. uses.Where(use => use.TargetMethod.Name is "ListenAsync" or "RunAsync")];
        if (starts.FirstOrDefault(start => start.IsBefore(call)) is { } before && !starts.Any(start => start.Syntax.SpanStart > call.Syntax.SpanStart))
        {
            context.ReportDiagnostic(Diagnostic.Create(ServiceRules.AddedTooLate, CallSyntax.NameOf(call), contract, before.TargetMethod.Name));
        }

        if (NameOf(call) is { } name
            && uses.Any(use => use.TargetMethod is { Name: "AddService", TypeArguments.Length: 1 }
                && SymbolEqualityComparer.Default.Equals(use.TargetMethod.TypeArguments[0], call.TargetMethod.TypeArguments[0])
                && NameOf(use) == name
                && (use.IsBefore(call) || IsChainedTo(call, use))))
        {
            context.ReportDiagnostic(Diagnostic.Create(ServiceRules.AddedTwice, CallSyntax.NameOf(call), contract, name.Length == 0 ? "without a name" : $"as \"{name}\""));
        }
    }

    /// <summary>The local on which a call, or the chain in which it stands, is made.</summary>
    private static ILocalSymbol? ServerOf(IInvocationOperation call)
    {
        IOperation? instance = call.Instance.Bare();
        while (instance is IInvocationOperation { TargetMethod.Name: "AddService" } chained)
        {
            instance = chained.Instance.Bare();
        }

        return (instance as ILocalReferenceOperation)?.Local;
    }

    private static bool IsChainedTo(IInvocationOperation call, IInvocationOperation earlier)
    {
        for (IOperation? instance = call.Instance.Bare(); instance is IInvocationOperation chained; instance = chained.Instance.Bare())
        {
            if (chained == earlier)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The instance's name, empty for none; null if it is not constant.</summary>
    private static string? NameOf(IInvocationOperation call)
        => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "name") is { } name ? name.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null : "";
}
