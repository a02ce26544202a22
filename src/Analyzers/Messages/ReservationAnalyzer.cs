using System.Collections.Immutable;
using System.Globalization;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Analyzers.Shapes;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>Guards what [IpcReserved] remembers: IPC1029, IPC2017 to IPC2019.</summary>
/// <remarks>It looks at every type with the attribute, whether or not a contract of this project reaches it: messages often live in a project of their own.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReservationAnalyzer : RuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [MethodRules.MethodNameReserved, EvolvingRules.ReservedInUse, EvolvingRules.ReservationRepeated, EvolvingRules.EvolutionWithoutEffect];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (ContractSet.TryCreate(context.Compilation) is { } contracts)
        {
            context.RegisterSymbolAction(symbol => Analyze(symbol, contracts, families), SymbolKind.NamedType);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, ContractSet contracts, RuleFamilies families)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        bool wantsMessages = families.Want(EvolvingRules.ReservedInUse);
        if (wantsMessages)
        {
            CheckOpen(context, type);
        }

        ImmutableArray<Reservation> reservations = Reservations.Of(type);
        if (reservations.IsEmpty)
        {
            return;
        }

        var subject = ReservationSubject.Of(type, contracts);
        ImmutableArray<Reservation> own = Reservations.On(type);
        if (wantsMessages)
        {
            CheckOwn(context, type, subject, own);
        }

        if (!families.Want(subject.Kind == SubjectKind.Contract ? MethodRules.MethodNameReserved : EvolvingRules.ReservedInUse))
        {
            return;
        }

        foreach (WireIdentity used in subject.Used)
        {
            // What a base type does to itself is told there.
            bool isOwn = SymbolEqualityComparer.Default.Equals(used.Symbol, type) || SymbolEqualityComparer.Default.Equals(used.Symbol.ContainingType, type);
            if ((isOwn ? reservations : own).FirstOrDefault(reservation => used.IsForbiddenBy(reservation, subject)) is not { } reservation)
            {
                continue;
            }

            Location where = used.Symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? type.Locations[0];
            string reserver = own.Contains(reservation) ? type.Name : "a type that it inherits from";
            context.ReportDiagnostic(subject.Kind == SubjectKind.Contract
                ? Diagnostic.Create(MethodRules.MethodNameReserved, where, used.Symbol.Name, used.Name, reserver)
                : Diagnostic.Create(EvolvingRules.ReservedInUse, where, used.Symbol.Name, used.WordFor(reservation, subject), used.ValueFor(reservation), reserver));
        }
    }

    private static void CheckOwn(SymbolAnalysisContext context, INamedTypeSymbol type, ReservationSubject subject, ImmutableArray<Reservation> own)
    {
        var numbers = new HashSet<long>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Reservation reservation in own)
        {
            if (subject.WhyWithoutEffect(reservation) is { } reason)
            {
                Report(context, EvolvingRules.EvolutionWithoutEffect, reservation.Attribute, "IpcReserved", type.Name, reason);
            }
            else if (reservation.Number is { } number && !numbers.Add(number))
            {
                Report(context, EvolvingRules.ReservationRepeated, reservation.Attribute, type.Name, subject.NumberWord, number.ToString(CultureInfo.InvariantCulture));
            }
            else if (reservation.Name is { } name && !names.Add(name) && reservation.Number is null)
            {
                Report(context, EvolvingRules.ReservationRepeated, reservation.Attribute, type.Name, "name", name);
            }
        }
    }

    private static void CheckOpen(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type.FindAttribute(AttributeNames.Open) is not { } open)
        {
            return;
        }

        string? reason = type.TypeKind == TypeKind.Enum
            ? open.ConstructorArguments.Length == 0 && type.HasAttribute(AttributeNames.Flags) ? "an enum marked [Flags] is open already" : null
            : UnionParser.IsUnion(type) ? null : "it is no union, and whatever a message does not know is skipped anyway";
        if (reason is not null)
        {
            Report(context, EvolvingRules.EvolutionWithoutEffect, open, "IpcOpen", type.Name, reason);
        }
    }

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, AttributeData attribute, params object[] arguments)
    {
        if (attribute.ApplicationSyntaxReference is { } syntax)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, Location.Create(syntax.SyntaxTree, syntax.Span), arguments));
        }
    }
}
