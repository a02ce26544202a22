using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Options;

/// <summary>
/// Looks at what options are set to: strangers let in unseen (IPC4017), values that cannot be (IPC4018), limits that limit nothing (IPC4019), internals shown to strangers (IPC4030).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [OptionRules.EverybodyMayConnect, OptionRules.OutOfRange, OptionRules.LimitsNothing, OptionRules.StrangersSeeInternals];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        if (symbols.Server is not { ContainingAssembly: { } runtime })
        {
            return;
        }

        var looksAtPeers = new Lazy<bool>(() => LooksAtPeers(context.Compilation, context.CancellationToken));
        context.RegisterOperationAction(
            operation =>
            {
                var assignment = (ISimpleAssignmentOperation)operation.Operation;
                if (assignment.Target is IPropertyReferenceOperation { Property: { ContainingType.Name: var type } property } target
                    && type.StartsWith("Ipc", StringComparison.Ordinal)
                    && SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, runtime))
                {
                    Analyze(operation, target, assignment, symbols, looksAtPeers);
                }
            },
            OperationKind.SimpleAssignment);
    }

    private static void Analyze(
        OperationAnalysisContext context, IPropertyReferenceOperation target, ISimpleAssignmentOperation assignment, UsageSymbols symbols, Lazy<bool> looksAtPeers)
    {
        string option = target.Property.Name;
        if (option == "SameUserOnly")
        {
            if (assignment.Value.ConstantValue is { HasValue: true, Value: false } && !looksAtPeers.Value)
            {
                bool isServer = target.Instance?.Type?.Name != "IpcConnectionOptions";
                Report(OptionRules.EverybodyMayConnect, assignment, isServer ? "every user who can open the endpoint may call everything" : "whoever has taken the name first is taken for the server");
            }
        }
        else if (option is "IncludeExceptionDetails" or "Introspection")
        {
            if (ShowsInternals(assignment.Value) && SiblingsOf(assignment).Any(sibling => sibling.Target is IPropertyReferenceOperation { Property.Name: "SameUserOnly" } && sibling.Value.ConstantValue is { HasValue: true, Value: false }))
            {
                Report(
                    OptionRules.StrangersSeeInternals,
                    assignment,
                    option,
                    option == "Introspection" ? "the contracts, the path of the program and who is connected" : "types, messages and stacks of exceptions");
            }
        }
        else if (assignment.Value.Bare()?.ConstantValue is { HasValue: true, Value: int number })
        {
            if (OptionRange.LeftBy(option, number) is { } range)
            {
                Report(OptionRules.OutOfRange, assignment.Value, option, assignment.Value.Syntax.ToString(), range.Otherwise, range.Allowed);
            }
            else if (number == int.MaxValue && Bound(option) is { } bound)
            {
                Report(OptionRules.LimitsNothing, assignment, option, bound.Effect, bound.Default);
            }
        }
        else if (ConstantTime.Of(assignment.Value, symbols) is { } time)
        {
            if (OptionRange.LeftBy(option, time) is { } range)
            {
                Report(OptionRules.OutOfRange, assignment.Value, option, assignment.Value.Syntax.ToString(), range.Otherwise, range.Allowed);
            }
            else if (time == ConstantTime.Infinite && Bound(option) is { } bound)
            {
                Report(OptionRules.LimitsNothing, assignment, option, bound.Effect, bound.Default);
            }
        }

        void Report(DiagnosticDescriptor rule, IOperation where, params object[] arguments) => context.ReportDiagnostic(Diagnostic.Create(rule, where.Syntax.GetLocation(), arguments));
    }

    private static (string Effect, string Default)? Bound(string option) => option switch
    {
        "MaximumMessageLength" => ("hold a message of 2 GiB", "16 MiB"),
        "MaximumQueuedBytes" => ("queue for it until the memory is used up", "4 MiB"),
        "MaximumFragmentBytes" => ("hold unfinished messages until the memory is used up", "64 MiB"),
        "MaximumConnections" => ("hold connections until descriptors are used up", "4096"),
        "MaximumHandshakes" => ("begin handshakes until descriptors are used up", "1024"),
        "HandshakeTimeout" => ("keep a connection that never says anything", "5 s"),
        "StallTimeout" => ("keep what is queued for it, although it never reads", "30 s"),
        _ => null,
    };

    private static bool ShowsInternals(IOperation value)
        => value.ConstantValue is { HasValue: true, Value: true } || value.Bare() is IFieldReferenceOperation { Field.Name: "Everyone" };

    private static IEnumerable<ISimpleAssignmentOperation> SiblingsOf(IOperation assignment)
        => assignment.Parent is IObjectOrCollectionInitializerOperation initializer ? initializer.Initializers.OfType<ISimpleAssignmentOperation>() : [];

    /// <summary>Whether anything in the project asks who a peer is. By name only: it runs where options let strangers in, and errs towards silence.</summary>
    private static bool LooksAtPeers(Compilation compilation, CancellationToken cancellationToken)
        => compilation.SyntaxTrees.Any(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => access.Name.Identifier.ValueText == "Peer"));
}
