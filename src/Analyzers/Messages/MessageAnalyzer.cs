using System.Collections.Concurrent;
using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Shapes;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>Looks at everything that valid contracts reach for what travels, but not as its author may think: IPC2020 to IPC2027 and IPC2029.</summary>
/// <remarks>A type that several contracts reach is looked at once. No rule may say by which way it was reached, or the first contract to come would decide about the text.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MessageAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        MessageAdviceRules.EnumWithoutZero, MessageAdviceRules.KeyGap, MessageAdviceRules.KeyComparesReferences, MessageAdviceRules.KeyWithoutHash,
        MessageAdviceRules.KeyIsFloat, MessageAdviceRules.Chain, MessageAdviceRules.DefaultsDiffer, MessageAdviceRules.NothingTravels,
        MessageAdviceRules.PackedLayoutUnchecked,
    ];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractSet.TryCreate(context.Compilation) is { } contracts)
        {
            var told = new ConcurrentDictionary<(string Id, Location Where), bool>();
            context.RegisterSymbolAction(symbol => Analyze(symbol, contracts, told), SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, ContractSet contracts, ConcurrentDictionary<(string Id, Location Where), bool> told)
    {
        if (contracts.Parse((INamedTypeSymbol)context.Symbol, context.CancellationToken)?.Declaration is not { } declaration)
        {
            return;
        }

        var advice = new Advice(contracts.Symbols, Report);
        foreach (ContractMethod method in declaration.Methods)
        {
            LookAtValue(method.Symbol, method.Symbol.ReturnType, method.Symbol.GetReturnTypeAttributes(), advice);
            foreach (IParameterSymbol parameter in method.Symbol.Parameters)
            {
                LookAtValue(parameter, parameter.Type, parameter.GetAttributes(), advice);
            }
        }

        foreach (DeclaredType type in declaration.Types)
        {
            LookAt(type, advice);
        }

        void Report(DiagnosticDescriptor rule, ISymbol symbol, object[] arguments)
        {
            // What stands in another assembly is not this project's to change.
            if (symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && context.Compilation.ContainsSyntaxTree(tree)) is { } where
                && told.TryAdd((rule.Id, where), true))
            {
                context.ReportDiagnostic(Diagnostic.Create(rule, where, arguments));
            }
        }
    }

    private static void LookAt(DeclaredType type, Advice advice)
    {
        switch (type.Kind)
        {
            case DeclaredKind.Enum when type.Values is { } values:
                EnumAdvice.Check(type.Symbol, values, advice);
                break;
            case DeclaredKind.Message:
                MessageAdvice.Check(type, advice);
                foreach (MessageMember member in type.Members)
                {
                    LookAtValue(member.Symbol, member.Type, MessageMembers.AttributesOf(member.Symbol), advice);
                }

                break;
        }
    }

    private static void LookAtValue(ISymbol owner, ITypeSymbol type, IEnumerable<AttributeData> attributes, Advice advice)
    {
        if (AttributeReader.Find(attributes, AttributeNames.Formatter) is not null)
        {
            return;
        }

        if (AttributeReader.Find(attributes, AttributeNames.Packed) is not null)
        {
            PackedAdvice.Check(owner, type, advice);
        }
        else
        {
            TableAdvice.Check(owner, type, advice);
        }
    }
}

/// <summary>Where the rules about messages say what they found.</summary>
/// <param name="Symbols">The compilation.</param>
/// <param name="Tell">Reports a rule at a symbol, once.</param>
internal sealed record Advice(KnownSymbols Symbols, Action<DiagnosticDescriptor, ISymbol, object[]> Tell)
{
    internal void Report(DiagnosticDescriptor rule, ISymbol symbol, params object[] arguments) => Tell(rule, symbol, arguments);
}
