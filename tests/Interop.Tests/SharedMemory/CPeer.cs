using System.Diagnostics;
using Contracts.Ipc.SharedMemory;
using Peers;

namespace Contracts.Ipc.Interop.Tests.SharedMemory;

/// <summary>Compiles C programs of the tests against the package's header and the generated headers, once for all tests of a class.</summary>
/// <remarks>Needs gcc; where there is none the tests fail and say so.</remarks>
public sealed class CCompiler : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("contracts-c-").FullName;

    public CCompiler() => File.WriteAllText(Path.Combine(_directory, "sample.h"), Layout.ToCHeader());

    private static SharedLayout Layout => SharedLayout.Of<Sample>();

    /// <summary>The program made of a source of the tests.</summary>
    public string Compile(string source)
    {
        string program = Path.Combine(_directory, Path.GetFileNameWithoutExtension(source));
        if (!File.Exists(program))
        {
            string sources = Path.Combine(AppContext.BaseDirectory, "C");
            using Process gcc = Process.Start(new ProcessStartInfo(
                Tool.Need("gcc"),
                ["-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread", "-I", sources, "-I", _directory, Path.Combine(sources, source), "-o", program])
            {
                RedirectStandardError = true,
            })!;
            string errors = gcc.StandardError.ReadToEnd();
            gcc.WaitForExit();
            Assert.True(gcc.ExitCode == 0, errors);
        }

        return program;
    }

    /// <summary>The program made of a text, which may include the headers of these structs.</summary>
    public string CompileText(string name, string text, params ReadOnlySpan<SharedLayout> structs)
    {
        foreach (SharedLayout layout in structs)
        {
            File.WriteAllText(Path.Combine(_directory, layout.Name + ".h"), layout.ToCHeader());
        }

        string source = Path.Combine(_directory, name);
        File.WriteAllText(source, text);
        return Compile(source);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

/// <summary>A C process. Whatever happens to it, it is gone when this object is disposed.</summary>
internal sealed class CPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    internal CPeer(string program, params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    internal string? ReadLine() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();

    /// <returns>The exit code.</returns>
    internal int Exit()
    {
        Assert.True(_process.WaitForExit(Patience), "The C process does not end.");
        return _process.ExitCode;
    }

    internal void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Patience));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
