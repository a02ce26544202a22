using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

namespace Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;

/// <summary>What C does with the same system calls, from floor.c: nothing over a Unix socket can be faster.</summary>
internal sealed partial class Floor : IDisposable
{
    private readonly string _directory;
    private readonly string _program;

    private Floor(string directory)
    {
        _directory = directory;
        _program = Path.Combine(directory, "floor");
    }

    /// <returns>Null, with the reason on standard error, where there is no C compiler.</returns>
    public static Floor? TryCompile()
    {
        var floor = new Floor(Directory.CreateTempSubdirectory("contracts-floor-").FullName);
        try
        {
            _ = Run("gcc", "-O2", "-o", floor._program, Path.Combine(AppContext.BaseDirectory, "floor.c"), "-lrt", "-lpthread");
            return floor;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.Error.WriteLine($"No C floors: {exception.Message}");
            floor.Dispose();
            return null;
        }
    }

    public Measurement Measure(string kind, int rounds, Placement placement)
    {
        string output = Run(
            _program,
            kind,
            rounds.ToString(CultureInfo.InvariantCulture),
            placement.ClientProcessor.ToString(CultureInfo.InvariantCulture),
            placement.ServerProcessor.ToString(CultureInfo.InvariantCulture));
        var values = Value().Matches(output).ToDictionary(
            static match => match.Groups[1].Value,
            static match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return new Measurement
        {
            Calls = (long)values["n"],
            P50 = values["p50_ns"] / 1000,
            P99 = values["p99_ns"] / 1000,
            P999 = values["p999_ns"] / 1000,
            CallsPerSecond = 1e9 / values["mean_ns"],
        };
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Run(string program, params ReadOnlySpan<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, [.. arguments]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{program}' ended with exit code {process.ExitCode}.");
    }

    [GeneratedRegex(@"(\w+)=([\d.]+)")]
    private static partial Regex Value();
}
