using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Lifetimes;

/// <summary>Finds proxies that are returned from under the <c>using</c> of their connection, or called after it was disposed: IPC4005.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProxyLifetimeAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeRules.ProxyOutlivesConnection];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "GetProxy" || !UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Connection) || OwnerOf(call.Instance) is not { } owner)
        {
            return;
        }

        IOperation made = call.User();
        if (made.Parent is IReturnOperation && IsInUsing(call, owner))
        {
            Report(CallSyntax.NameOf(call), call.TargetMethod.Name, "It is disposed when the method returns; return the connection too, or let the caller connect");
        }
        else if (made.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
        {
            ILocalReferenceOperation[] proxies = [.. declarator.ReferencesTo(declarator.Symbol)];
            if (proxies.Any(Flow.IsWritten))
            {
                return;
            }

            IInvocationOperation[] ends = [.. call.ReferencesTo(owner).Select(EndOf).OfType<IInvocationOperation>()];
            foreach (ILocalReferenceOperation proxy in proxies)
            {
                if (proxy.User().Parent is IReturnOperation && proxy.Function() == call.Function() && IsInUsing(call, owner))
                {
                    Report(proxy.Syntax.GetLocation(), proxy.Local.Name, "It is disposed when the method returns; return the connection too, or let the caller connect");
                }
                else if (proxy.Parent is IInvocationOperation use && use.Instance == proxy && !use.IsExpectedToFail() && ends.Any(end => end.IsBefore(proxy)))
                {
                    Report(proxy.Syntax.GetLocation(), proxy.Local.Name, "It was disposed above; make the call before");
                }
            }
        }

        void Report(Location where, string what, string advice)
            => context.ReportDiagnostic(Diagnostic.Create(LifetimeRules.ProxyOutlivesConnection, where, what, owner.Name, advice));
    }

    /// <summary>The local behind <c>connection</c> or <c>process.Connection</c>.</summary>
    private static ILocalSymbol? OwnerOf(IOperation? instance) => instance.Bare() switch
    {
        ILocalReferenceOperation local => local.Local,
        IPropertyReferenceOperation { Property.Name: "Connection", Instance: ILocalReferenceOperation local } => local.Local,
        _ => null,
    };

    /// <summary>Whether the local is disposed when the function around the call ends, or before.</summary>
    private static bool IsInUsing(IOperation call, ILocalSymbol owner)
        => call.Function().Descendants().Any(operation => operation is IVariableDeclaratorOperation declarator
            && SymbolEqualityComparer.Default.Equals(declarator.Symbol, owner)
            && declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation
            && declarator.Function() == call.Function());

    private static IInvocationOperation? EndOf(ILocalReferenceOperation owner)
        => owner.Parent is IInvocationOperation { TargetMethod.Name: "DisposeAsync" or "CloseAsync" or "StopAsync" } end && end.Instance == owner ? end : null;
}
