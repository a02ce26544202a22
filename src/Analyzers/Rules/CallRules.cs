using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>IPC4xxx about calls through a contract.</summary>
internal static class CallRules
{
    internal static readonly DiagnosticDescriptor Dropped = new(
        "IPC4006",
        "Call is not awaited",
        "Nobody awaits '{0}': whether the other process has done it is never known, and its errors are lost. Await it, or write '_ =' if that is meant.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4006"));

    internal static readonly DiagnosticDescriptor AwaitedTwice = new(
        "IPC4007",
        "ValueTask of a call is awaited more than once",
        "'{0}' holds a ValueTask of the call '{1}' and is awaited again here. A call gives its memory back when it was awaited, and another call may use it by now. Await it once, or keep AsTask().",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4007"));

    internal static readonly DiagnosticDescriptor BlocksAsyncCode = new(
        "IPC4008",
        "Async code blocks on a call",
        "'{0}' blocks a thread of the pool until another process has answered '{1}'; enough of them, and nobody is left to take the answer. Await the call.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4008"));

    internal static readonly DiagnosticDescriptor ReadBeforeComplete = new(
        "IPC4009",
        "Result of a ValueTask is taken before the call has ended",
        "'{0}' takes the result of '{1}' without waiting for the answer of the other process: a ValueTask, unlike a Task, does not block. Await the call, or put AsTask() before it.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4009"));

    internal static readonly DiagnosticDescriptor SynchronousInAsync = new(
        "IPC4010",
        "Async code makes a synchronous call although there is an asynchronous one",
        "'{0}' blocks this thread until the other process has answered. Await '{1}', which the contract has too.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4010"));

    internal static readonly DiagnosticDescriptor AsyncVoid = new(
        "IPC4011",
        "Code that the runtime calls is async void",
        "'{0}' is async void: {1}, and an exception behind its first await ends the process. {2}.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4011"));

    internal static readonly DiagnosticDescriptor ServiceBlocks = new(
        "IPC4012",
        "Service blocks on a task",
        "'{0}' blocks on '{1}' on the thread that receives for the connection: other calls of the client wait for it. Await it; '{0}' returns a task anyway.",
        RuleCategory.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4012"));

    internal static readonly DiagnosticDescriptor UnderLock = new(
        "IPC4028",
        "Call is made while a lock is held",
        "'{0}' waits for another process while this one holds a lock: a peer that is slow or calls back stops everybody who wants the lock. Make the call before or after.",
        RuleCategory.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.To("IPC4028"));
}
