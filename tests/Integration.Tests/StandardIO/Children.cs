using System.Collections.Concurrent;
using System.Diagnostics;
using Contracts.Ipc.Integration.Tests.Contracts;
using Contracts.Ipc.Integration.Tests.Harness;

namespace Contracts.Ipc.Integration.Tests.StandardIO;

/// <summary>Starting children, and what they print.</summary>
internal sealed class Children
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What was printed so far.</summary>
    internal IReadOnlyCollection<string> Lines => _lines;

    internal IpcProcessOptions Options { get; } = new() { ExitTimeout = Within.Patience };

    internal Children() => Options.OutputReceived = _lines.Enqueue;

    /// <summary>A test peer that serves.</summary>
    internal Task<IpcProcess> StartAsync(string command = "serve") => RunAsync(PeerProcess.Program, "child", command);

    /// <summary>Any program.</summary>
    internal Task<IpcProcess> RunAsync(string program, params string[] arguments)
        => IpcProcess.StartAsync(new ProcessStartInfo(program, arguments), Options).InTime();

    /// <summary>Waits for a line.</summary>
    internal void Sees(string line) => Assert.True(Within.Eventually(() => _lines.Contains(line)), $"'{line}' was not printed, but: {string.Join(" | ", _lines)}");

    internal static IChild Proxy(IpcProcess process) => process.Connection.GetProxy<IChild>();

    /// <summary>Whether a process has ended; one that nobody has waited for yet has.</summary>
    internal static bool HasEnded(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].StartsWith(" Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
