using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Usage.Calls;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Endpoints;

/// <summary>
/// Compares what is connected or offered with the transport it is to travel by: users that it does not take (IPC4016), contracts that are no signals (IPC4020), what else reads standard input
/// (IPC4027).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointUseAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [EndpointRules.RefusesOtherUsers, EndpointRules.CannotTravelAsSignals, EndpointRules.StandardIO];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                switch (call.TargetMethod.Name)
                {
                    case "ConnectAsync" when UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Connection):
                        AnalyzeClient(operation, call, symbols);
                        break;
                    case "ListenAsync" or "RunAsync" when UsageSymbols.Same(call.TargetMethod.ContainingType, symbols.Server):
                        AnalyzeServer(operation, call, symbols);
                        break;
                }
            },
            OperationKind.Invocation);
    }

    private static void AnalyzeClient(OperationAnalysisContext context, IInvocationOperation call, UsageSymbols symbols)
    {
        if (EndpointText.Of(Argument(call, "endpoint"), symbols) is not { } endpoint || call.IsExpectedToFail())
        {
            return;
        }

        if (endpoint.Scheme == "stdio")
        {
            Report(context, EndpointRules.StandardIO, endpoint.Source, call.TargetMethod.Name, "a parent starts its child with IpcProcess.StartAsync, and a child listens with RunAsync(\"stdio:\")");
        }
        else if (EndpointGrammar.IsOneUserOnly(endpoint.Scheme) && AllowsOtherUsers(Argument(call, "options")))
        {
            Report(context, EndpointRules.RefusesOtherUsers, endpoint.Source, endpoint.Scheme);
        }

        if (endpoint.Scheme == "signal" && call.User().Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
        {
            foreach (IInvocationOperation use in Uses(call, declarator.Symbol, "GetProxy"))
            {
                CheckSignals(context, use, symbols);
            }
        }
    }

    private static void AnalyzeServer(OperationAnalysisContext context, IInvocationOperation call, UsageSymbols symbols)
    {
        if (EndpointText.Of(Argument(call, "endpoint"), symbols) is not { } endpoint || call.IsExpectedToFail())
        {
            return;
        }

        if (endpoint.Scheme == "stdio")
        {
            foreach (IInvocationOperation read in call.Body().Descendants().OfType<IInvocationOperation>().Where(IsReadOfConsole))
            {
                Report(context, EndpointRules.StandardIO, CallSyntax.NameOf(read), read.TargetMethod.Name, "read from the console, its messages are lost. Let the parent send what the child needs by a call");
            }
        }

        if (call.Instance.Origin() is IObjectCreationOperation { Arguments.Length: 1 } creation
            && EndpointGrammar.IsOneUserOnly(endpoint.Scheme)
            && AllowsOtherUsers(creation.Arguments[0].Value))
        {
            Report(context, EndpointRules.RefusesOtherUsers, endpoint.Source, endpoint.Scheme);
        }

        if (endpoint.Scheme == "signal" && call.Instance.Bare() is ILocalReferenceOperation server)
        {
            foreach (IInvocationOperation use in Uses(call, server.Local, "AddService"))
            {
                CheckSignals(context, use, symbols);
            }
        }
    }

    private static void CheckSignals(OperationAnalysisContext context, IInvocationOperation use, UsageSymbols symbols)
    {
        if (use.TargetMethod.TypeArguments is { Length: 1 } arguments
            && symbols.IsContract(arguments[0])
            && !arguments[0].FindAttribute(AttributeNames.Service).Named<bool>("Signals"))
        {
            Report(context, EndpointRules.CannotTravelAsSignals, CallSyntax.NameOf(use), arguments[0].Name);
        }
    }

    private static IEnumerable<IInvocationOperation> Uses(IOperation operation, ILocalSymbol local, string method)
        => operation.ReferencesTo(local).Select(reference => reference.Parent).OfType<IInvocationOperation>().Where(use => use.TargetMethod.Name == method);

    private static bool IsReadOfConsole(IInvocationOperation call)
        => call.TargetMethod is { IsStatic: true, Name: "Read" or "ReadLine" or "ReadKey" or "OpenStandardInput", ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } }
            || call.Instance.Bare() is IPropertyReferenceOperation { Property: { IsStatic: true, Name: "In", ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } } };

    private static IOperation? Argument(IInvocationOperation call, string parameter)
        => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;

    private static bool AllowsOtherUsers(IOperation? options)
        => options.Origin() is IObjectCreationOperation { Initializer: { } initializer }
            && initializer.Initializers.OfType<ISimpleAssignmentOperation>().Any(set => set.Target is IPropertyReferenceOperation { Property.Name: "SameUserOnly" }
                && set.Value.ConstantValue is { HasValue: true, Value: false });

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, IOperation where, params object[] arguments) => Report(context, rule, where.Syntax.GetLocation(), arguments);

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, Location where, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(rule, where, arguments));
}
