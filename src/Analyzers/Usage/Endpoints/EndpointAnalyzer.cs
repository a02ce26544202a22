using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Contracts.Ipc.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Endpoints;

/// <summary>Reads endpoints that stand in the source: whether they parse (IPC4013), fit (IPC4014), exist on the target (IPC4015), and lie where only their user can take the name (IPC4026).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointAnalyzer : RuleAnalyzer
{
    private static readonly string[] PublicDirectories = ["/tmp/", "/var/tmp/", "/dev/shm/"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [EndpointRules.Malformed, EndpointRules.PathTooLong, EndpointRules.NotOnPlatform, EndpointRules.PublicDirectory];

    private protected override void Start(CompilationStartAnalysisContext context, RuleFamilies families)
    {
        UsageSymbols symbols = UsageSymbols.Of(context.Compilation);
        if (symbols.Endpoint is null)
        {
            return;
        }

        var platform = new TargetPlatform(context.Options);
        context.RegisterOperationAction(
            operation =>
            {
                if (((IConversionOperation)operation.Operation).OperatorMethod is { } method && UsageSymbols.Same(method.ContainingType, symbols.Endpoint))
                {
                    Analyze(operation, symbols, platform);
                }
            },
            OperationKind.Conversion);
        context.RegisterOperationAction(
            operation =>
            {
                if (((IInvocationOperation)operation.Operation).TargetMethod is { IsStatic: true, Name: not "TryParse" } method && UsageSymbols.Same(method.ContainingType, symbols.Endpoint))
                {
                    Analyze(operation, symbols, platform);
                }
            },
            OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context, UsageSymbols symbols, TargetPlatform platform)
    {
        if (EndpointText.Of(context.Operation, symbols) is not { } endpoint || context.Operation.IsExpectedToFail())
        {
            return;
        }

        Location where = endpoint.Source.Syntax.GetLocation();
        string written = endpoint.Text ?? endpoint.Scheme + ":…";
        string? objection = endpoint.Text is { } text ? EndpointGrammar.Objection(text)
            : EndpointGrammar.IsScheme(endpoint.Scheme) ? null
            : EndpointGrammar.UnknownScheme(endpoint.Scheme);
        if (objection is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(EndpointRules.Malformed, where, written, objection));
            return;
        }

        if (endpoint.Scheme is "unix" or "shm" && endpoint.Address.StartsWith("/", StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(endpoint.Address) is int bytes and > EndpointGrammar.MaximumSocketPath)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                EndpointRules.PathTooLong, where, written, bytes.ToString(CultureInfo.InvariantCulture), EndpointGrammar.MaximumSocketPath.ToString(CultureInfo.InvariantCulture)));
        }
        else if (EndpointGrammar.IsLinuxOnly(endpoint.Scheme) && platform.OtherThanLinux(context.Operation, context.ContainingSymbol) is { } system)
        {
            context.ReportDiagnostic(Diagnostic.Create(EndpointRules.NotOnPlatform, where, endpoint.Scheme, system));
        }
        else if (PublicDirectories.FirstOrDefault(directory => endpoint.Address.StartsWith(directory, StringComparison.Ordinal)) is { } directory
            && endpoint.Scheme is "unix" or "shm" or "fifo"
            && endpoint.Address.IndexOf('/', directory.Length) < 0)
        {
            // In a directory below it depends on who made that, and how.
            context.ReportDiagnostic(Diagnostic.Create(EndpointRules.PublicDirectory, where, written, directory.TrimEnd('/')));
        }
    }
}
