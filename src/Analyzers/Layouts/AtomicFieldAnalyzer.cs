using System.Collections.Concurrent;
using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Layouts;

/// <summary>
/// Where the fields lie that are accessed atomically: not aligned, IPC3046; two of them on one cache line, IPC3045.
/// </summary>
/// <remarks>
/// Whether two processes change two fields nobody declares. Interlocked operations on both are the best sign: who is the only writer of a field does not need them.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AtomicFieldAnalyzer : RuleAnalyzer
{
    /// <summary>Processors fetch lines of 64 bytes in pairs, and some have lines of 128.</summary>
    private const int Apart = 128;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LayoutAdvice.AtomicNotAligned, LayoutAdvice.FalseSharing];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        if (KnownSymbols.TryCreate(context.Compilation) is not { } symbols)
        {
            return;
        }

        var layouts = new ConcurrentDictionary<INamedTypeSymbol, StructShape?>(SymbolEqualityComparer.Default);
        var changed = new ConcurrentDictionary<IFieldSymbol, FieldShape>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(operation => Analyze(operation, symbols, layouts, changed), OperationKind.Invocation);
        context.RegisterCompilationEndAction(end => Compare(end, changed));
    }

    private static void Analyze(
        OperationAnalysisContext context, KnownSymbols symbols, ConcurrentDictionary<INamedTypeSymbol, StructShape?> layouts, ConcurrentDictionary<IFieldSymbol, FieldShape> changed)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call is not { TargetMethod.ContainingType: { Name: "Interlocked" or "Volatile", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } atomic, Arguments.Length: > 0 }
            || call.Arguments[0].Value is not IFieldReferenceOperation { Field: { IsStatic: false } field } reference
            || FindField(field, symbols, layouts, context.CancellationToken) is not { } placed)
        {
            return;
        }

        if (placed.Offset % placed.Shape.Alignment != 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                LayoutAdvice.AtomicNotAligned,
                reference.Syntax.GetLocation(),
                $"{field.ContainingType.Name}.{field.Name}",
                LayoutNames.Number(placed.Offset),
                LayoutNames.Number(placed.Shape.Alignment)));
        }
        else if (atomic.Name == "Interlocked" && call.TargetMethod.Name != "Read")
        {
            changed.TryAdd(field, placed);
        }
    }

    private static void Compare(CompilationAnalysisContext context, ConcurrentDictionary<IFieldSymbol, FieldShape> changed)
    {
        foreach (IGrouping<ISymbol, KeyValuePair<IFieldSymbol, FieldShape>> type in changed.GroupBy(field => (ISymbol)field.Key.ContainingType, SymbolEqualityComparer.Default))
        {
            KeyValuePair<IFieldSymbol, FieldShape>[] fields = [.. type.OrderBy(field => field.Value.Offset)];
            for (int i = 1; i < fields.Length; i++)
            {
                if (fields[i].Value.Offset - fields[i - 1].Value.Offset < Apart)
                {
                    // Once for each struct: whoever moves one field looks at the others as well.
                    context.ReportDiagnostic(Diagnostic.Create(
                        LayoutAdvice.FalseSharing, fields[i].Key.Locations[0], $"{type.Key.Name}.{fields[i].Key.Name}", $"{type.Key.Name}.{fields[i - 1].Key.Name}"));
                    break;
                }
            }
        }
    }

    private static FieldShape? FindField(
        IFieldSymbol field, KnownSymbols symbols, ConcurrentDictionary<INamedTypeSymbol, StructShape?> layouts, CancellationToken cancellationToken)
        => field.ContainingType is { TypeKind: TypeKind.Struct } type
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, symbols.Compilation.Assembly)
            && type.HasAttribute(AttributeNames.SharedLayout)
                ? layouts.GetOrAdd(type, shared => LayoutParser.Parse(shared, symbols, cancellationToken).Model?.Shape)?.Fields.FirstOrDefault(placed => placed.Name == field.Name)
                : null;
}
