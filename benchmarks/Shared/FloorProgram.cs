using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Contracts.Ipc.Benchmarks;

/// <summary>floor.c as a program: what C does with the same system calls and the same memory. Nothing over the same mechanism can be faster.</summary>
internal sealed partial class FloorProgram : IDisposable
{
    private readonly string _directory;
    private readonly string _program;

    private FloorProgram(string directory)
    {
        _directory = directory;
        _program = Path.Combine(directory, "floor");
    }

    /// <returns>Null, with the reason on standard error, where there is no C compiler.</returns>
    public static FloorProgram? TryCompile()
    {
        var floor = new FloorProgram(Directory.CreateTempSubdirectory("contracts-floor-").FullName);
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

    /// <returns>What it printed, by name: <c>p50_ns</c>, <c>mean_ns</c> and so on.</returns>
    public IReadOnlyDictionary<string, double> Run(string kind, int rounds, int processor, int processorOfPeer)
    {
        string output = Run(
            _program,
            kind,
            rounds.ToString(CultureInfo.InvariantCulture),
            processor.ToString(CultureInfo.InvariantCulture),
            processorOfPeer.ToString(CultureInfo.InvariantCulture));
        return Value().Matches(output).ToDictionary(
            static match => match.Groups[1].Value,
            static match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
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
