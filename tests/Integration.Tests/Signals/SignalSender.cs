using System.Diagnostics;
using System.Runtime.InteropServices;
using Contracts.Ipc.Integration.Tests.Harness;
using Contracts.Ipc.Tests;
using Contracts.Ipc.Transports.Signals;

namespace Contracts.Ipc.Integration.Tests.Signals;

/// <summary>Senders that are no clients of the library: a program in C, a shell, and a bare system call.</summary>
internal static partial class SignalSender
{
    private static readonly Lazy<string> Program = new(Compile);

    /// <summary>Starts the C program.</summary>
    internal static Process Start(IpcEndpoint endpoint, string method, int times)
        => Process.Start(Program.Value, [SignalRecordFile.PathOf(endpoint.Address), method, times.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    /// <summary>Runs a line of a shell, as docs/transports.md shows it.</summary>
    internal static async Task RunShellAsync(string line)
    {
        using var shell = Process.Start(Tool.Need("bash"), ["-c", line]);
        await shell.WaitForExitAsync().InTime();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>sigqueue(3).</summary>
    /// <returns>The error number, or 0.</returns>
    internal static int Queue(int process, int signal) => QueueCall(process, signal, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Bounds how many signals may wait for the processes of a process's user, as that process has it.</summary>
    internal static unsafe void LimitPending(int process, ulong most)
    {
        const int PendingSignals = 11;
        ulong* limit = stackalloc ulong[] { most, most };
        Assert.Equal(0, LimitCall(process, PendingSignals, limit, null));
    }

    private static string Compile()
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "Signals", "Peer");
        string program = Path.Combine(directory, $"signal_sender-{Environment.ProcessId}");
        using var compiler = Process.Start(new ProcessStartInfo(
            Tool.Need("gcc"), ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, Path.Combine(directory, "signal_sender.c")])
        {
            RedirectStandardError = true,
        })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(program);
        return program;
    }

    [LibraryImport("libc", EntryPoint = "sigqueue", SetLastError = true)]
    private static partial int QueueCall(int process, int signal, nint value);

    [LibraryImport("libc", EntryPoint = "prlimit64", SetLastError = true)]
    private static unsafe partial int LimitCall(int process, int resource, ulong* wanted, ulong* before);
}
