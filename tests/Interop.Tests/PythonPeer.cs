using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Contracts.Ipc.Interop.Tests;

/// <summary>A Python process with the package msgpack.</summary>
/// <remarks>
/// CONTRACTS_PYTHON names the interpreter; else the first one that has the package is taken. Where none has it the tests fail and say what to install.
/// </remarks>
public sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    public PythonPeer()
    {
        string? chosen = Environment.GetEnvironmentVariable("CONTRACTS_PYTHON");
        string[] candidates = chosen is null ? ["python3", "/usr/bin/python3", "python"] : [chosen];
        string python = candidates.FirstOrDefault(HasMsgpack)
            ?? throw new InvalidOperationException($"No Python with the package msgpack was found (tried {string.Join(", ", candidates)}). Install it, for example by 'apt-get install python3-msgpack', or set CONTRACTS_PYTHON.");
        _process = Start(python, Path.Combine(AppContext.BaseDirectory, "Python", "msgpack_peer.py"));
    }

    /// <summary>Packs the value of a Python expression.</summary>
    public byte[] Pack(string expression) => Ask('P', Encoding.UTF8.GetBytes(expression));

    /// <summary>Unpacks a message and packs what came out.</summary>
    public byte[] Echo(byte[] message) => Ask('E', message);

    /// <summary>Fails unless a message is the value of a Python expression.</summary>
    public void Expect(string expression, byte[] message) => Ask('C', [.. Encoding.UTF8.GetBytes(expression), 0, .. message]);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private byte[] Ask(char kind, byte[] payload)
    {
        Stream input = _process.StandardInput.BaseStream;
        var request = new byte[5 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(request, 1 + payload.Length);
        request[4] = (byte)kind;
        payload.CopyTo(request, 5);
        input.Write(request);
        input.Flush();

        Stream output = _process.StandardOutput.BaseStream;
        var header = new byte[4];
        output.ReadExactly(header);
        var answer = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
        output.ReadExactly(answer);
        if (answer[0] != '+')
        {
            Assert.Fail($"Python: {Encoding.UTF8.GetString(answer, 1, answer.Length - 1)}");
        }

        return answer[1..];
    }

    private static bool HasMsgpack(string python)
    {
        try
        {
            using Process process = Start(python, "-c", "import msgpack");
            process.StandardInput.Close();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string python, params string[] arguments)
        => Process.Start(new ProcessStartInfo(python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
