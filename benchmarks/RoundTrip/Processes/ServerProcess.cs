namespace Contracts.Ipc.Benchmarks.RoundTrip.Processes;

/// <summary>The server, as the client that started it sees it.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>It has inherited what there is.</summary>
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly ChildProcess _process;

    public ServerProcess(string scenario, string path, int processor)
    {
        _process = ChildProcess.Start(processor, NoEnvironment, ServerRole.Name, scenario, path);
        if (_process.Read() is not ServerRole.Ready)
        {
            throw new InvalidOperationException("The server did not start.");
        }
    }

    /// <summary>Asked over the standard streams, so that the connection under test carries nothing but what is measured.</summary>
    public Usage Usage()
    {
        _process.Write("usage");
        return Processes.Usage.Parse(_process.Read());
    }

    public void Dispose() => _process.Dispose();
}
