using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds numbers from shared memory that decide how much is allocated (IPC4128) or which memory is reached (IPC4129), and that nothing in the method compares with anything.
/// </summary>
/// <remarks>
/// Arrays and spans check their bounds themselves: there a bad number is an exception. One comparison, <c>Math.Min</c>, mask or remainder of the same member counts as a check; whether it is the right one, a reader must judge.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BoundAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SharedDataRules.SizeFromShared, SharedDataRules.UncheckedFromShared];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(AnalyzeArray, OperationKind.ArrayCreation);
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
    }

    private static void AnalyzeArray(OperationAnalysisContext context)
    {
        foreach (IOperation size in ((IArrayCreationOperation)context.Operation).DimensionSizes)
        {
            Report(context, SharedDataRules.SizeFromShared, size, "");
        }
    }

    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is { Name: "Span" or "ReadOnlySpan" } && creation.Arguments is { Length: 2 } arguments && arguments[0].Value.Type is { TypeKind: TypeKind.Pointer })
        {
            Report(context, SharedDataRules.UncheckedFromShared, arguments[1].Value, creation.Type.Name);
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.ContainingType.Name, call.TargetMethod.Name)
        {
            case ("ArrayPool" or "MemoryPool", "Rent"):
            case ("GC", "AllocateUninitializedArray" or "AllocateArray"):
                Report(context, SharedDataRules.SizeFromShared, call.Arguments[0].Value, "");
                break;
            case ("Unsafe", "Add" or "AddByteOffset" or "Subtract"):
            case ("MemoryMarshal", "CreateSpan" or "CreateReadOnlySpan"):
                Report(context, SharedDataRules.UncheckedFromShared, call.Arguments[1].Value, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
                break;
            case ("Marshal", "Copy") or ("Buffer", "MemoryCopy") or ("Unsafe", "CopyBlock" or "CopyBlockUnaligned"):
                Report(context, SharedDataRules.UncheckedFromShared, call.Arguments[call.Arguments.Length - 1].Value, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}");
                break;
        }
    }

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, IOperation number, string access)
    {
        if (number.ConstantValue.HasValue || number.Unwrapped() is not { } value)
        {
            return;
        }

        // Through at most one local: int length = value.Length;
        var local = (value as ILocalReferenceOperation)?.Local;
        IOperation? origin = local is null ? value : InitializerOf(local, number);
        if (origin is IFieldReferenceOperation { Field: { } field } && SharedApi.IsSharedStruct(field.ContainingType) && !IsChecked(number, field, local))
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), value.Syntax, access));
        }
    }

    private static IOperation? InitializerOf(ILocalSymbol local, IOperation use)
        => use.Root().Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer()?.Value.Unwrapped();

    private static bool IsChecked(IOperation use, IFieldSymbol field, ILocalSymbol? local)
        => use.Root().Descendants().Any(operation => Means(operation, field, local) && IsComparison(operation));

    private static bool Means(IOperation operation, IFieldSymbol field, ILocalSymbol? local) => operation switch
    {
        IFieldReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Field, field),
        ILocalReferenceOperation reference => local is not null && SymbolEqualityComparer.Default.Equals(reference.Local, local),
        _ => false,
    };

    private static bool IsComparison(IOperation number)
    {
        IOperation? user = number.User();
        return user is IBinaryOperation or IPatternOperation or IIsPatternOperation or ISwitchExpressionOperation or ISwitchOperation
            || user is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } method } }
                && (method.Name is "Min" or "Clamp" || method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) || method.Name.Contains("Check") || method.Name.Contains("Valid"));
    }
}
