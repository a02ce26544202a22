using System.IO.Pipes;
using System.Security.Cryptography;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Streams;

namespace Contracts.Ipc.Transports.NamedPipe;

/// <summary>Named pipes of System.IO.Pipes: <c>pipe:name</c>. The native mechanism of Windows; on Unix .NET makes them of sockets.</summary>
internal sealed class NamedPipeTransport : Transport
{
    // On Windows the next server stream appears a moment after the last one was taken.
    private static readonly int ConnectMilliseconds = OperatingSystem.IsWindows() ? 2000 : 0;

    public override string Scheme => "pipe";

    public override ValueTask<ChannelListener> ListenAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            string name = PortableName(endpoint);
            return new ValueTask<ChannelListener>(new NamedPipeListener(endpoint, options, name, CreateFirst(endpoint, options, name), claim: null));
        }

        // .NET removes whatever is at a pipe's path when it makes the first server stream, and again when the last stream of the
        // process is disposed, whoever made what is there by then. So the pipe is made under a name that nobody else has, closed to
        // others, and renamed under our own lock.
        string path = LinuxPath(endpoint);
        string madeAt = Path.Combine(Path.GetDirectoryName(path)!, "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        PathClaim? claim = PathClaim.Take(endpoint, path);
        NamedPipeServerStream? first = null;
        try
        {
            first = CreateFirst(endpoint, options, madeAt);
            File.SetUnixFileMode(madeAt, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Files.Rename(madeAt, path);
            claim.Made();

            NamedPipeListener listener = new(endpoint, options, madeAt, first, claim);
            first = null;
            claim = null;
            return new ValueTask<ChannelListener>(listener);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TransportError.CannotListen(endpoint, error.Message, error);
        }
        finally
        {
            first?.Dispose();
            claim?.Dispose();
        }
    }

    public override async ValueTask<FrameChannel> ConnectAsync(IpcEndpoint endpoint, TransportOptions options, CancellationToken cancellationToken)
    {
        string name = OperatingSystem.IsLinux() ? LinuxPath(endpoint) : PortableName(endpoint);
        NamedPipeClientStream? stream = new(".", name, PipeDirection.InOut, OptionsFor(options));
        try
        {
            await stream.ConnectAsync(ConnectMilliseconds, cancellationToken).ConfigureAwait(false);
            StreamFrameChannel channel = new(stream, NamedPipeIdentity.Of(stream, options), options.MaximumFrameLength);
            stream = null;
            return channel;
        }
        catch (Exception error) when (error is TimeoutException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw TransportError.NobodyListens(endpoint, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw TransportError.MayNotConnect(endpoint, error);
        }
        catch (IOException error)
        {
            throw TransportError.CannotConnect(endpoint, error.Message, error);
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A further server stream of a listening pipe.</summary>
    public static NamedPipeServerStream CreateNext(TransportOptions options, string name) => Create(options, name, PipeOptions.None);

    private static NamedPipeServerStream CreateFirst(IpcEndpoint endpoint, TransportOptions options, string name)
    {
        try
        {
            // Without FirstPipeInstance somebody else's pipe of that name would take us in.
            return Create(options, name, PipeOptions.FirstPipeInstance);
        }
        catch (UnauthorizedAccessException)
        {
            throw TransportError.InUse(endpoint, processId: null);
        }
        catch (IOException error)
        {
            throw TransportError.CannotListen(endpoint, error.Message, error);
        }
    }

    private static NamedPipeServerStream Create(TransportOptions options, string name, PipeOptions further) =>
        new(name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte, OptionsFor(options) | further);

    private static PipeOptions OptionsFor(TransportOptions options) =>
        PipeOptions.Asynchronous | (options.SameUserOnly ? PipeOptions.CurrentUserOnly : PipeOptions.None);

    private static string LinuxPath(IpcEndpoint endpoint)
    {
        string path = Path.Combine(UserDirectory.Get(), endpoint.Address + ".pipe");
        SocketPath.CheckLength(path);
        return path;
    }

    // On Windows a pipe has a name, not a path; elsewhere an absolute path keeps it out of the shared directory of temporary files.
    private static string PortableName(IpcEndpoint endpoint) => OperatingSystem.IsWindows()
        ? "contracts." + endpoint.Address
        : Path.Combine(UserDirectory.Get(), endpoint.Address + ".pipe");
}
