using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Checks what a shared object is opened with, as far as it is constant: names (IPC4114), permissions (IPC4115), and readers that would remove the name (IPC4116).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OpeningAnalyzer : SharingAnalyzer
{
    // Values of UnixFileMode.
    private const int OwnerBits = 0x180;
    private const int PossibleBits = OwnerBits | 0x20 | 0x4;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [SharedLifeRules.InvalidName, SharedLifeRules.InvalidPermissions, SharedLifeRules.ReaderUnlinks];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(operation => AnalyzeCall(operation, api), OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment);
    }

    private static void AnalyzeCall(OperationAnalysisContext context, SharedApi api)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!call.TargetMethod.IsStatic || !api.IsNamedObject(call.TargetMethod.ContainingType))
        {
            return;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument is { Parameter.Name: "name", Value.ConstantValue: { HasValue: true, Value: string name } } && SharedName.Objection(name) is { } objection)
            {
                context.ReportDiagnostic(Diagnostic.Create(SharedLifeRules.InvalidName, argument.Value.Syntax.GetLocation(), name, objection));
            }
        }

        if (call.TargetMethod.Name == "OpenReadOnly" && UnlinkIn(call) is { } unlink)
        {
            context.ReportDiagnostic(Diagnostic.Create(SharedLifeRules.ReaderUnlinks, unlink.Syntax.GetLocation(), "UnlinkOnDispose"));
        }
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "Permissions", ContainingType.Name: "SharedMemoryOptions" } }
            && assignment.Value.ConstantValue is { HasValue: true, Value: int mode }
            && ((mode & OwnerBits) != OwnerBits || (mode & ~PossibleBits) != 0))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                SharedLifeRules.InvalidPermissions,
                assignment.Value.Syntax.GetLocation(),
                "0" + Convert.ToString(mode, 8),
                "0" + Convert.ToString(Allowed(mode), 8)));
        }
    }

    /// <summary>The nearest permissions that can be had.</summary>
    internal static int Allowed(int mode) => (mode & PossibleBits) | OwnerBits;

    /// <summary><c>UnlinkOnDispose = true</c> in options that are made for this call.</summary>
    private static IOperation? UnlinkIn(IInvocationOperation call)
        => call.Arguments
            .Select(argument => argument.Value.Unwrapped())
            .OfType<IObjectCreationOperation>()
            .SelectMany(creation => creation.Initializer?.Initializers ?? [])
            .OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment is { Target: IPropertyReferenceOperation { Property.Name: "UnlinkOnDispose" }, Value.ConstantValue: { HasValue: true, Value: true } });
}
