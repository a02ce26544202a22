using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Usage.Endpoints;

/// <summary>For which system code is written, as far as it says so: by attributes, by the runtime identifier of the project, by asking the system before.</summary>
internal sealed class TargetPlatform
{
    private const string RuntimeIdentifier = "build_property.RuntimeIdentifier";

    private static readonly string[] OthersThanLinux = ["windows", "macos", "osx", "ios", "android", "tvos", "maccatalyst", "freebsd", "browser"];

    private readonly string? _ofProject;

    internal TargetPlatform(AnalyzerOptions options)
        => _ofProject = options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(RuntimeIdentifier, out string? identifier)
            ? OthersThanLinux.FirstOrDefault(system => identifier.StartsWith(system, StringComparison.OrdinalIgnoreCase) || (system == "windows" && identifier.StartsWith("win", StringComparison.OrdinalIgnoreCase)))
            : null;

    /// <summary>A system other than Linux that the code is for; null if it is for Linux, for several, or does not say.</summary>
    internal string? OtherThanLinux(IOperation operation, ISymbol containing)
    {
        for (IOperation? current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalOperation conditional && conditional.Condition != current)
            {
                string? asked = Asked(conditional.Condition, current == conditional.WhenTrue);
                if (asked is not null)
                {
                    return asked.Length > 0 ? asked : null;
                }
            }
        }

        // The innermost declaration that says something decides.
        for (ISymbol? symbol = containing; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            string[] named = [.. symbol.GetAttributes().Where(attribute => attribute.AttributeClass?.Name == "SupportedOSPlatformAttribute")
                .Select(attribute => attribute.ConstructorArguments is { Length: 1 } arguments ? (arguments[0].Value as string ?? "").TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.').ToLowerInvariant() : "")];
            if (named.Length > 0)
            {
                return named.All(OthersThanLinux.Contains) ? string.Join(" and ", named) : null;
            }

            if (symbol is IModuleSymbol)
            {
                continue;
            }
        }

        return _ofProject;
    }

    /// <summary>What a condition such as OperatingSystem.IsWindows() says about a branch; empty where it leaves Linux possible, null where it says nothing.</summary>
    private static string? Asked(IOperation condition, bool isTrue)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Asked(not.Operand, !isTrue);
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "OperatingSystem", Name: var name } } when name.StartsWith("Is", StringComparison.Ordinal):
                string system = name.Substring(2).ToLowerInvariant();
                return system == "linux" ? (isTrue ? "" : "other systems")
                    : OthersThanLinux.Contains(system) ? (isTrue ? system : "")
                    : null;
            default:
                return null;
        }
    }
}
