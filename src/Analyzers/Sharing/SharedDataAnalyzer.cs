using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Looks at what is done with the bytes of a shared struct: marshalled (IPC4125), left as they are (IPC4126), or filled with what only this process understands (IPC4127).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedDataAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SharedDataRules.MarshalledSize, SharedDataRules.Uninitialized, SharedDataRules.ProcessLocalValue];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeProperty, OperationKind.PropertyReference);
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.ContainingType.Name, call.TargetMethod.Name)
        {
            case ("Marshal", "SizeOf" or "OffsetOf" or "StructureToPtr" or "PtrToStructure" or "DestroyStructure"):
                AnalyzeMarshalling(context, call);
                break;

            case ("Unsafe", "SkipInit") when call.TargetMethod.TypeArguments.FirstOrDefault() is { } type && SharedApi.IsSharedStruct(type):
                context.ReportDiagnostic(Diagnostic.Create(SharedDataRules.Uninitialized, NameOf(call), "SkipInit", type.Name));
                break;

            case ("GC", "AllocateUninitializedArray") when call.TargetMethod.TypeArguments.FirstOrDefault() is { } type && SharedApi.IsSharedStruct(type):
                context.ReportDiagnostic(Diagnostic.Create(SharedDataRules.Uninitialized, NameOf(call), "AllocateUninitializedArray", type.Name));
                break;

            case (_, "GetHashCode") when call.Arguments.IsEmpty && IsRandomised(call.Instance?.Type):
            case ("HashCode", "Combine" or "ToHashCode"):
            case ("RuntimeHelpers", "GetHashCode"):
                AnalyzeStore(context, call, "Use a hash that is defined by its bytes, or the value itself");
                break;

            case ("SafeHandle", "DangerousGetHandle"):
            case ("GCHandle", "ToIntPtr"):
                AnalyzeStore(context, call, "A handle cannot be shared as a number");
                break;
        }
    }

    private static void AnalyzeProperty(OperationAnalysisContext context)
    {
        var property = (IPropertyReferenceOperation)context.Operation;
        switch (property.Property.ContainingType.Name, property.Property.Name)
        {
            case ("Environment", "CurrentManagedThreadId"):
            case ("Thread", "ManagedThreadId"):
                AnalyzeStore(context, property, "Use 'Environment.ProcessId', or a number that the processes agree on");
                break;
            case ("Process", "Handle"):
                AnalyzeStore(context, property, "Use 'Environment.ProcessId'");
                break;
        }
    }

    private static void AnalyzeMarshalling(OperationAnalysisContext context, IInvocationOperation call)
    {
        ITypeSymbol? type = MarshalledType(call);
        if (SharedApi.IsSharedStruct(type))
        {
            string advice = call.TargetMethod.Name switch
            {
                "SizeOf" => "Use Unsafe.SizeOf",
                "OffsetOf" => $"Ask SharedLayout.Of<{type!.Name}>().Fields",
                _ => "Copy the struct by assignment, or through a Span",
            };
            context.ReportDiagnostic(Diagnostic.Create(SharedDataRules.MarshalledSize, NameOf(call), call.TargetMethod.Name, type!.Name, advice));
        }
    }

    /// <summary>The type that a method of <c>Marshal</c> is asked about.</summary>
    internal static ITypeSymbol? MarshalledType(IInvocationOperation call)
        => call.TargetMethod.TypeArguments.FirstOrDefault()
            ?? call.Arguments.Select(argument => argument.Value.Unwrapped()).Select(value => value is ITypeOfOperation type ? type.TypeOperand : value.Type).FirstOrDefault(SharedApi.IsSharedStruct);

    /// <summary>Whether the hash differs from process to process, or may: all but those of numbers.</summary>
    private static bool IsRandomised(ITypeSymbol? type) => type is { SpecialType: SpecialType.None or SpecialType.System_String or SpecialType.System_Object, TypeKind: not TypeKind.Enum };

    private static void AnalyzeStore(OperationAnalysisContext context, IOperation value, string advice)
    {
        if (FieldThatGets(value) is { } field)
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedDataRules.ProcessLocalValue, value.Syntax.GetLocation(), value.Syntax, $"{field.ContainingType.Name}.{field.Name}", advice));
        }
    }

    /// <summary>The field of a shared struct into which a value goes, perhaps converted.</summary>
    private static IFieldSymbol? FieldThatGets(IOperation value)
    {
        IOperation inner = value;
        while (inner.Parent is IConversionOperation or IParenthesizedOperation)
        {
            inner = inner.Parent;
        }

        return inner.Parent is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { } field } } assignment && assignment.Value == inner && SharedApi.IsSharedStruct(field.ContainingType)
            ? field
            : null;
    }
}
