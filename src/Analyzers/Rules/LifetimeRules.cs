using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC4xxx about how long connections, servers and services live.</summary>
internal static class LifetimeRules
{
    internal static readonly DiagnosticDescriptor NeverDisposed = new(
        "IPC4004",
        "Connection, server or process is never disposed",
        "Nothing disposes the {0} '{1}': {2}. Declare it 'await using', or hand it to somebody who disposes it.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4004"));

    internal static readonly DiagnosticDescriptor ProxyOutlivesConnection = new(
        "IPC4005",
        "Proxy outlives its connection",
        "'{0}' is used when '{1}' has ended: every call through a proxy of an ended connection fails with IpcConnectionException. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4005"));

    internal static readonly DiagnosticDescriptor FactoryHandsOutOneObject = new(
        "IPC4025",
        "Factory of a service always returns the same object",
        "The factory returns '{0}' to every connection, and what a factory makes is disposed with its connection: the first client that leaves disposes it for all others. Pass the object itself, or make a new one.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4025"));
}
