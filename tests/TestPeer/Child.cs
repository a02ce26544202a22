using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.TestPeer;

/// <summary>Does what the parent asks for.</summary>
internal sealed partial class Child : IChild
{
    private const int Kill = 9;

    private readonly Stream _streamFromBefore = Console.OpenStandardOutput();
    private IpcConnection? _connection;

    /// <summary>As a logger keeps it.</summary>
    public TextWriter WriterFromBefore { get; } = Console.Out;

    public Child For(IpcConnection connection)
    {
        _connection = connection;
        return this;
    }

    public ValueTask<int> EchoAsync(int value) => new(value);

    public ValueTask<byte[]> EchoBytesAsync(byte[] bytes) => new(bytes);

    public async ValueTask<int> HangAsync(CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    }

    public async ValueTask<int> SleepAsync(int milliseconds)
    {
        await Task.Delay(milliseconds);
        return milliseconds;
    }

    public ValueTask PrintAsync(PrintedBy how, string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        switch (how)
        {
            case PrintedBy.Console:
                Console.WriteLine(line);
                break;
            case PrintedBy.WriterFromBefore:
                WriterFromBefore.WriteLine(line);
                break;
            case PrintedBy.StreamFromBefore:
                _streamFromBefore.Write(bytes);
                _streamFromBefore.Flush();
                break;
            case PrintedBy.NativeCode:
                _ = Write(1, bytes, bytes.Length);
                break;
            case PrintedBy.Grandchild:
                using (Process echo = Process.Start("/bin/echo", [line]))
                {
                    echo.WaitForExit();
                }

                break;
            case PrintedBy.StandardError:
                Console.Error.WriteLine(line);
                break;
        }

        return default;
    }

    public ValueTask FloodAsync(int lines)
    {
        string line = new('x', 200);
        for (int i = 0; i < lines; i++)
        {
            Console.Error.WriteLine(line);
        }

        return default;
    }

    public ValueTask<string?> ReadLineAsync() => new(Console.ReadLine());

    public ValueTask<Dictionary<int, string>> DescriptorsAsync()
        => new(Directory.GetFiles("/proc/self/fd").ToDictionary(
            static path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture),
            static path => new FileInfo(path).LinkTarget ?? ""));

    public async ValueTask<string> ListenAgainAsync()
    {
        await using var server = new IpcServer();
        return (await Expect.ErrorAsync<IpcEndpointException>(() => server.ListenAsync(IpcEndpoint.StandardIO).AsTask())).Message;
    }

    public ValueTask<int> EchoByParentAsync(int value) => _connection!.GetProxy<IChild>().EchoAsync(value);

    public ValueTask<int> StartLongAsync()
    {
        using Process process = Process.Start("/bin/sleep", ["1000"]);
        return new(process.Id);
    }

    public ValueTask EndAsync(EndedBy how)
    {
        switch (how)
        {
            case EndedBy.Exit7:
                Console.Error.WriteLine("leaving");
                Environment.Exit(7);
                break;
            case EndedBy.FailFast:
                Environment.FailFast("the plugin gives up");
                break;
            case EndedBy.UnhandledException:
                new Thread(static () => throw new InvalidOperationException("nobody catches this")).Start();
                break;
            case EndedBy.Kill:
                _ = Signal(Environment.ProcessId, Kill);
                break;
        }

        return default;
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte[] bytes, nint length);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int number);
}
