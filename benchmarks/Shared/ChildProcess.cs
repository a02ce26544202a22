using System.Diagnostics;

namespace Contracts.Ipc.Benchmarks;

/// <summary>This program once more, in another role, bound to one processor; a conversation in lines over its standard streams.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <param name="processor">Where it runs.</param>
    /// <param name="environment">Besides what it inherits.</param>
    /// <param name="arguments">Its role and what that needs.</param>
    public static ChildProcess Start(int processor, IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments)
    {
        string self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        // In a process that is bound to one processor the runtime waits ten times as long before it compiles hot code for good.
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1";
        return new ChildProcess(Affinity.On(processor, () => Process.Start(start)!));
    }

    public void Write(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public string Read()
        => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The child process ended before it answered; its errors are above.");

    /// <summary>A child ends when its input does.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
