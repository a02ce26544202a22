using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC4xxx about endpoints that stand in the source as text.</summary>
internal static class EndpointRules
{
    internal static readonly DiagnosticDescriptor Malformed = new(
        "IPC4013",
        "Text is not an endpoint",
        "'{0}' is not an endpoint: {1}. Every use of it throws IpcEndpointException; write for example \"unix:calculator\".",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4013"));

    internal static readonly DiagnosticDescriptor PathTooLong = new(
        "IPC4014",
        "Path of a socket is too long",
        "The path of '{0}' has {1} bytes, and the kernel takes at most {2} for a socket: nobody can listen or connect there. Choose a shorter path, or a plain name.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4014"));

    internal static readonly DiagnosticDescriptor NotOnPlatform = new(
        "IPC4015",
        "Transport does not exist on the target platform",
        "'{0}:' exists on Linux only, and this code is for {1}: listening and connecting throw there. Use 'unix:' or 'pipe:'.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4015"));

    internal static readonly DiagnosticDescriptor RefusesOtherUsers = new(
        "IPC4016",
        "Transport does not take other users",
        "'{0}:' connects processes of one user only and refuses options with SameUserOnly = false: this call throws. Use 'unix:' with an absolute path, or leave SameUserOnly on.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4016"));

    internal static readonly DiagnosticDescriptor CannotTravelAsSignals = new(
        "IPC4020",
        "Contract cannot travel as signals",
        "'{0}' meets a 'signal:' endpoint, but is not marked [IpcService(Signals = true)]: a signal carries neither parameters nor answers, and the runtime refuses it. Mark the contract, or use another transport.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4020"));

    internal static readonly DiagnosticDescriptor PublicDirectory = new(
        "IPC4026",
        "Endpoint lies in a directory of everybody",
        "'{0}' lies in {1}, where any user may take the name first and keep this server from starting. A plain name lies in a directory of the user alone.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4026"));

    internal static readonly DiagnosticDescriptor StandardIO = new(
        "IPC4027",
        "Standard input belongs to the connection",
        "'{0}' meets the endpoint 'stdio:', whose connection is the standard input of the child: {1}",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4027"));
}
