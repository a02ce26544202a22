using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Streams;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>Takes standard input and output of this process for a channel, by the streams of <see cref="Console"/>: where there is no other way.</summary>
/// <remarks>What .NET's console prints goes to standard error from now on. Native code, programs started later, and a <see cref="Console.Out"/> that was kept before still reach the pipe.</remarks>
internal static class ConsoleStreams
{
    /// <exception cref="IpcEndpointException">They are not pipes, or nobody reads them.</exception>
    public static FrameChannel Take(IpcEndpoint endpoint, int maximumFrameLength)
    {
        if (!Console.IsInputRedirected || !Console.IsOutputRedirected)
        {
            throw StandardIOError.NotAPipe(endpoint, Console.IsInputRedirected ? "standard output" : "standard input", FileKind.CharacterDevice);
        }

        var stream = new DuplexStream(Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);
        try
        {
            stream.Write(ServingMarker.Bytes);
            stream.Flush();
        }
        catch (IOException error)
        {
            throw StandardIOError.ParentIsGone(endpoint, error);
        }

        return new StreamFrameChannel(stream, default, maximumFrameLength);
    }
}
