using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Telemetry;

/// <summary>
/// One of the processes. It says that it is ready, works until its standard input ends, and tells its <see cref="Rate"/>. Standard input also
/// ends when the process that started it dies: nobody is left running.
/// </summary>
internal sealed class Child : IDisposable
{
    private const string Ready = "ready";

    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>Starts this program once more in another role, or the program in C, and waits until it is ready.</summary>
    public static async Task<Child> StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var child = new Child(Process.Start(start)!);
        if (await child._process.StandardOutput.ReadLineAsync() == Ready)
        {
            return child;
        }

        child.Dispose();
        throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' could not start; its error stands above.");
    }

    /// <summary>Lets it end.</summary>
    public async Task<Rate> StopAsync()
    {
        _process.StandardInput.Close();
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A process ended early; its error stands above.");
        await _process.WaitForExitAsync();
        return Rate.Parse(line);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The other end of all this: what the child itself does.</summary>
    public static void Run(Func<string, CancellationToken, Rate> role, string name)
    {
        // Ctrl+C reaches every process of the terminal. The children leave the answer to the one that started them.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        using var stop = new CancellationTokenSource();
        var parent = new Thread(() =>
        {
            _ = Console.In.ReadToEnd();
            stop.Cancel();
        });
        parent.Start();
        Console.WriteLine(role(name, stop.Token));
        parent.Join();
    }

    public static void SayReady() => Console.WriteLine(Ready);
}
