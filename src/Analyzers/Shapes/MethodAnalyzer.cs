using System.Collections.Immutable;
using System.Globalization;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Shapes;

/// <summary>Looks at the methods of a valid contract for what is allowed and still goes wrong: IPC1030, IPC1031 and IPC1034 to IPC1038.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodAnalyzer : RuleAnalyzer
{
    private const int MillisecondsPerDay = 24 * 60 * 60 * 1000;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        MethodRules.InheritedOptionsDiffer, MethodRules.OneWayOvertaken, MethodRules.EndlessCall, MethodRules.TimeoutHuge, MethodRules.SynchronousNamedAsync,
        MethodRules.ContractEmpty, MethodRules.BodyRunsAtCaller,
    ];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractSet.TryCreate(context.Compilation) is { } contracts)
        {
            context.RegisterSymbolAction(symbol => Analyze(symbol, contracts), SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, ContractSet contracts)
    {
        // What is refused has more urgent things to say.
        var contract = (INamedTypeSymbol)context.Symbol;
        if (!contracts.IsContract(contract) || contracts.Parse(contract, context.CancellationToken) is not { Declaration.Methods: { } methods })
        {
            return;
        }

        if (methods.Count == 0 && contract.Locations.FirstOrDefault() is { } where)
        {
            context.ReportDiagnostic(Diagnostic.Create(MethodRules.ContractEmpty, where, contract.Name));
        }

        ContractMethod[] own = [.. methods.Where(method => SymbolEqualityComparer.Default.Equals(method.Symbol.ContainingType, contract))];
        foreach (ContractMethod method in own)
        {
            CheckTime(context, method.Symbol);
            CheckName(context, method.Symbol);
            CheckInherited(context, method, contract);
            CheckOrder(context, method.Symbol, methods);
        }

        foreach (IMethodSymbol method in contract.GetMembers().OfType<IMethodSymbol>().Where(RunsAtCaller))
        {
            context.ReportDiagnostic(Diagnostic.Create(MethodRules.BodyRunsAtCaller, method.Locations[0], method.Name));
        }
    }

    private static void CheckTime(SymbolAnalysisContext context, IMethodSymbol method)
    {
        if (method.FindAttribute(AttributeNames.Method) is not { } attribute)
        {
            return;
        }

        int timeout = attribute.Named<int>("TimeoutMilliseconds");
        if (timeout == -1 && !method.HasAttribute(AttributeNames.OneWay) && !method.Parameters.Any(parameter => parameter.Type.Name == nameof(CancellationToken)))
        {
            context.ReportDiagnostic(Diagnostic.Create(MethodRules.EndlessCall, method.Locations[0], method.Name));
        }

        if (timeout > MillisecondsPerDay)
        {
            string days = string.Format(CultureInfo.InvariantCulture, "{0:0.#} days", (double)timeout / MillisecondsPerDay);
            context.ReportDiagnostic(Diagnostic.Create(MethodRules.TimeoutHuge, method.Locations[0], method.Name, timeout.ToString(CultureInfo.InvariantCulture), days));
        }
    }

    private static void CheckName(SymbolAnalysisContext context, IMethodSymbol method)
    {
        // A one-way call does not wait for the answer, whatever it is called.
        bool isAsynchronous = method.ReturnType is INamedTypeSymbol { Name: nameof(Task) or "ValueTask" };
        if (!isAsynchronous && method.Name.Length > 5 && method.Name.EndsWith("Async", StringComparison.Ordinal) && !method.HasAttribute(AttributeNames.OneWay))
        {
            context.ReportDiagnostic(Diagnostic.Create(MethodRules.SynchronousNamedAsync, method.Locations[0], method.Name, method.ReturnType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
        }
    }

    /// <summary>Who knows only the inherited interface calls with the options that stand there.</summary>
    private static void CheckInherited(SymbolAnalysisContext context, ContractMethod method, INamedTypeSymbol contract)
    {
        foreach (INamedTypeSymbol inherited in method.DeclaringTypes.Skip(1))
        {
            foreach (IMethodSymbol other in inherited.GetMembers(method.Symbol.Name).OfType<IMethodSymbol>().Where(other => SameParameters(other, method.Symbol)))
            {
                if (Difference(method.Symbol, other) is { } difference)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        MethodRules.InheritedOptionsDiffer, method.Symbol.Locations[0], method.Symbol.Name, contract.Name, inherited.Name, difference));
                }
            }
        }
    }

    private static bool SameParameters(IMethodSymbol first, IMethodSymbol second)
        => first.Parameters.Select(parameter => TypeNames.Canonical(parameter.Type)).SequenceEqual(second.Parameters.Select(parameter => TypeNames.Canonical(parameter.Type)), StringComparer.Ordinal);

    private static string? Difference(IMethodSymbol first, IMethodSymbol second)
    {
        AttributeData? one = first.FindAttribute(AttributeNames.Method);
        AttributeData? two = second.FindAttribute(AttributeNames.Method);
        if (first.HasAttribute(AttributeNames.OneWay) != second.HasAttribute(AttributeNames.OneWay))
        {
            return "answer: one is [OneWay]";
        }

        return one.Named<int>("TimeoutMilliseconds") != two.Named<int>("TimeoutMilliseconds") ? "TimeoutMilliseconds"
            : one.Named<int>("Priority") != two.Named<int>("Priority") ? "Priority"
            : one.Named<bool>("Idempotent") != two.Named<bool>("Idempotent") ? "Idempotent"
            : null;
    }

    private static void CheckOrder(SymbolAnalysisContext context, IMethodSymbol method, IReadOnlyList<ContractMethod> methods)
    {
        if (!method.HasAttribute(AttributeNames.OneWay))
        {
            return;
        }

        int priority = PriorityOf(method);
        IMethodSymbol? faster = methods.Select(other => other.Symbol).OrderByDescending(PriorityOf).FirstOrDefault(other => PriorityOf(other) > priority);
        if (faster is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                MethodRules.OneWayOvertaken,
                method.Locations[0],
                method.Name,
                priority.ToString(CultureInfo.InvariantCulture),
                faster.Name,
                PriorityOf(faster).ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static int PriorityOf(IMethodSymbol method) => method.FindAttribute(AttributeNames.Method).Named<int>("Priority");

    private static bool RunsAtCaller(IMethodSymbol method)
        => method is { MethodKind: MethodKind.Ordinary, IsVirtual: true, IsStatic: false, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false, ExplicitInterfaceImplementations.Length: 0 }
            && !method.HasAttribute(AttributeNames.Method);
}
