using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Services;

/// <summary>Compares the faults that services throw (IPC4023) and clients catch (IPC4024) with those that the contract declares.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FaultAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ServiceRules.FaultNotDeclared, ServiceRules.FaultNeverCaught];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(operation => AnalyzeThrow(operation, symbols), OperationKind.Throw);
        context.RegisterOperationAction(operation => AnalyzeCatch(operation, symbols), OperationKind.CatchClause);
    }

    /// <summary>The type of the detail, if the type is IpcFaultException of something.</summary>
    internal static ITypeSymbol? DetailOf(ITypeSymbol? exception, UsageSymbols symbols)
        => exception is INamedTypeSymbol { TypeArguments.Length: 1 } named && UsageSymbols.Same(named.OriginalDefinition, symbols.FaultException) ? named.TypeArguments[0] : null;

    internal static bool Declares(IMethodSymbol method, ITypeSymbol detail, UsageSymbols symbols)
        => method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Any(attribute => UsageSymbols.Same(attribute.AttributeClass, symbols.Fault)
            && attribute.ConstructorArguments is { Length: 1 } arguments
            && SymbolEqualityComparer.Default.Equals(arguments[0].Value as ITypeSymbol, detail));

    private static void AnalyzeThrow(OperationAnalysisContext context, UsageSymbols symbols)
    {
        IOperation? thrown = ((IThrowOperation)context.Operation).Exception.Bare();
        if (thrown is IObjectCreationOperation
            && DetailOf(thrown.Type, symbols) is { } detail
            && context.ContainingSymbol is IMethodSymbol method
            && !context.Operation.IsExpectedToFail()
            && method.ContractMethods(symbols).FirstOrDefault(declared => !Declares(declared, detail, symbols)) is { } contractMethod)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                ServiceRules.FaultNotDeclared, thrown.Syntax.GetLocation(), method.Name, detail.Name, $"{contractMethod.ContainingType.Name}.{contractMethod.Name}"));
        }
    }

    private static void AnalyzeCatch(OperationAnalysisContext context, UsageSymbols symbols)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        if (DetailOf(clause.ExceptionType, symbols) is not { } detail || clause.Parent is not ITryOperation attempt)
        {
            return;
        }

        var calls = new List<IInvocationOperation>();
        foreach (IOperation inner in attempt.Body.Descendants())
        {
            switch (inner)
            {
                case IInvocationOperation call when call.IsContractCall(symbols):
                    calls.Add(call);
                    break;
                case IInvocationOperation call when !IsOfFramework(call.TargetMethod):
                case IThrowOperation:
                case IDynamicInvocationOperation or IFunctionPointerInvocationOperation:
                    // Who knows what that calls.
                    return;
                case IAwaitOperation { Operation: var awaited } when awaited.Awaited() is not IInvocationOperation:
                    return;
            }
        }

        if (calls.Count > 0 && !calls.Any(call => Declares(call.TargetMethod, detail, symbols)))
        {
            SyntaxNode where = clause.Syntax is CatchClauseSyntax { Declaration.Type: { } type } ? type : clause.Syntax;
            context.ReportDiagnostic(Diagnostic.Create(
                ServiceRules.FaultNeverCaught, where.GetLocation(), detail.Name, $"{calls[0].TargetMethod.ContainingType.Name}.{calls[0].TargetMethod.Name}"));
        }
    }

    private static bool IsOfFramework(IMethodSymbol method)
    {
        INamespaceSymbol? space = method.ContainingType?.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        // A delegate of the framework's may do anything.
        return space?.Name == "System" && method.MethodKind != MethodKind.DelegateInvoke && !method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate);
    }
}
