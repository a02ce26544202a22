using System.Collections.Immutable;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>
/// Finds what .NET has for several processes only on Windows (IPC4132), and named mutexes (IPC4110), where the library has something for Linux.
/// </summary>
/// <remarks>Code behind a question for the platform, or marked for Windows, knows what it does.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NamedObjectAnalyzer : SharingAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NamedObjectRules.NamedObject, NamedObjectRules.NamedMutex];

    private protected override void Register(CompilationStartAnalysisContext context, SharedApi api)
    {
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
    }

    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is { Name: "Mutex" or "Semaphore" or "EventWaitHandle" } type && IsIn(type, "Threading") && Name(creation.Arguments, "name"))
        {
            Report(context, type.Name, $"new {type.Name}", TypeOf(creation.Syntax));
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!call.TargetMethod.IsStatic)
        {
            return;
        }

        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        bool isNamed = type.Name switch
        {
            "MemoryMappedFile" => IsIn(type, "MemoryMappedFiles") && Name(call.Arguments, "mapName"),
            "Mutex" or "Semaphore" or "EventWaitHandle" => IsIn(type, "Threading") && call.TargetMethod.Name is "OpenExisting" or "TryOpenExisting",
            _ => false,
        };
        if (isNamed)
        {
            Report(context, type.Name, $"{type.Name}.{call.TargetMethod.Name}", NameOf(call));
        }
    }

    private static void Report(OperationAnalysisContext context, string type, string what, Location location)
    {
        if (KnowsPlatform(context))
        {
            return;
        }

        context.ReportDiagnostic(type switch
        {
            "Mutex" => Diagnostic.Create(NamedObjectRules.NamedMutex, location, "SharedMutex"),
            "Semaphore" => Diagnostic.Create(NamedObjectRules.NamedObject, location, what, "Use SharedSemaphore, which works between processes there"),
            "EventWaitHandle" => Diagnostic.Create(NamedObjectRules.NamedObject, location, what, "Use SharedEvent, which works between processes there"),
            _ => Diagnostic.Create(NamedObjectRules.NamedObject, location, what, "Use SharedSegment, or map a file"),
        });
    }

    private static Location TypeOf(SyntaxNode creation) => creation is ObjectCreationExpressionSyntax { Type: { } type } ? type.GetLocation() : creation.GetLocation();

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace is { ContainingNamespace.Name: "System" or "IO" } inner && inner.Name == space;

    private static bool Name(ImmutableArray<IArgumentOperation> arguments, string parameter)
        => arguments.Any(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit && argument.Value.Unwrapped().ConstantValue is not { HasValue: true, Value: null });

    private static bool KnowsPlatform(OperationAnalysisContext context)
    {
        for (ISymbol? symbol = context.ContainingSymbol; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SupportedOSPlatformAttribute"
                && attribute.ConstructorArguments.FirstOrDefault().Value is string platform && platform.StartsWith("windows", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return context.Operation.Root().Descendants().OfType<IInvocationOperation>()
            .Any(call => call.TargetMethod.Name.StartsWith("IsWindows", StringComparison.Ordinal) || call.TargetMethod.Name is "IsOSPlatform" or "IsLinux" or "IsOSPlatformVersionAtLeast");
    }
}
