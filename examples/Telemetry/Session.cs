using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Telemetry;

/// <summary>Starts everybody, lets them work for three seconds or until Ctrl+C, and prints what they did.</summary>
internal static class Session
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " " };

    /// <returns>Whether every copy was whole.</returns>
    public static async Task<bool> RunAsync()
    {
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal));

        // So that two of these can run at once.
        string name = $"telemetry-{Environment.ProcessId}";
        Console.WriteLine($"Samples of {Unsafe.SizeOf<Sample>()} bytes in /dev/shm/contracts.{name}, for {Duration.TotalSeconds:0} seconds. Ctrl+C ends it earlier.");

        using Child producer = await StartAsync(nameof(Producer), name);
        using Child reader = await StartAsync(nameof(Reader), name);
        using Child? readerInC = await StartReaderInCAsync(name);
        using Child watcher = await StartAsync(nameof(Watcher), name);

        await Task.WhenAny(Task.Delay(Duration, interrupted.Token));

        Console.WriteLine();
        Console.WriteLine($"  {"process",-16}{"",-24}{"per second",14}{"in all",16}{"inconsistent",14}");
        bool isWhole = Print("watcher, .NET", "WaitForChange", await watcher.StopAsync());
        isWhole &= readerInC is null || Print("reader, C", "contracts_segment_read", await readerInC.StopAsync());
        isWhole &= Print("reader, .NET", "Read", await reader.StopAsync());
        isWhole &= Print("producer, .NET", "Write", await producer.StopAsync());
        return isWhole;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    private static Task<Child> StartAsync(string role, string name)
        => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Child.StartAsync(Environment.ProcessPath!, Environment.GetCommandLineArgs()[0], role, name)
            : Child.StartAsync(Environment.ProcessPath!, role, name);

    private static async Task<Child?> StartReaderInCAsync(string name)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "reader");
        if (File.Exists(program))
        {
            return await Child.StartAsync(program, name);
        }

        Console.WriteLine("No reader in C: gcc was not found when this was built.");
        return null;
    }

    private static bool Print(string process, string what, Rate rate)
    {
        Console.WriteLine(string.Create(Spaced, $"  {process,-16}{what,-24}{rate.PerSecond,14:N0}{rate.Count,16:N0}{rate.Inconsistent,14:N0}"));
        return rate.Inconsistent == 0;
    }
}
