using System.Diagnostics.CodeAnalysis;
using Contracts.Ipc.Transports;

namespace Contracts.Ipc;

/// <summary>Where a server is reached: a scheme that names the transport, and a name or path.</summary>
/// <remarks>
/// <para>Known are <c>unix:/run/calculator.sock</c> (a path), <c>unix:calculator</c> (a name in the user's own runtime directory),
/// <c>shm:calculator</c>, <c>pipe:calculator</c>, <c>fifo:calculator</c>, <c>mq:calculator</c>, <c>sysv:calculator</c>, <c>signal:calculator</c>, <c>inproc:calculator</c>, <c>device:/dev/ttyS0</c> and <c>stdio:</c>, which has no name.</para>
/// <para>A name consists of letters and digits of ASCII, '.', '_' and '-', and begins with a letter or a digit.</para>
/// </remarks>
public sealed record IpcEndpoint : IParsable<IpcEndpoint>
{
    private IpcEndpoint(string scheme, string address)
    {
        Scheme = scheme;
        Address = address;
    }

    /// <summary>The transport: <c>unix</c>, <c>shm</c>, <c>pipe</c>, <c>fifo</c>, <c>mq</c>, <c>sysv</c>, <c>signal</c>, <c>device</c>, <c>stdio</c>, <c>inproc</c>.</summary>
    public string Scheme { get; }

    /// <summary>What follows the colon.</summary>
    public string Address { get; }

    /// <summary>A Unix domain socket.</summary>
    /// <param name="pathOrName">An absolute path, or a name that stands for a socket in the user's runtime directory.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">It is neither.</exception>
    public static IpcEndpoint Unix(string pathOrName) => Create("unix", pathOrName);

    /// <summary>Two rings in shared memory, found through a Unix socket: the fastest between processes of one user. Linux only.</summary>
    /// <param name="pathOrName">A name that stands for a socket in the user's runtime directory, or the absolute path of the socket.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">It is neither.</exception>
    public static IpcEndpoint SharedMemory(string pathOrName) => Create("shm", pathOrName);

    /// <summary>A named pipe.</summary>
    /// <param name="name">Its name, without any prefix of the system's.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The name has characters that are not allowed.</exception>
    public static IpcEndpoint Pipe(string name) => Create("pipe", name);

    /// <summary>A pair of FIFOs (named pipes of Unix) per connection. Linux only.</summary>
    /// <param name="pathOrName">An absolute path, or a name that stands for a FIFO in the user's runtime directory.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">It is neither.</exception>
    public static IpcEndpoint Fifo(string pathOrName) => Create("fifo", pathOrName);

    /// <summary>System V message queues: one for requests, and one for the answers of each client. 64-bit Linux only.</summary>
    /// <param name="name">A name that stands for a file in the user's runtime directory, of which the key is made.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The name has characters that are not allowed.</exception>
    public static IpcEndpoint SystemVQueue(string name) => Create("sysv", name);

    /// <summary>Standard input and output of this process, over which it serves the process that has started it by <see cref="IpcProcess.StartAsync"/>: <c>stdio:</c>.</summary>
    public static IpcEndpoint StandardIO { get; } = Parse("stdio:");

    /// <summary>POSIX real-time signals, one for each method, for contracts marked <see cref="IpcServiceAttribute.Signals"/>. Linux only.</summary>
    /// <param name="name">Its name: that of a record in the user's runtime directory.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The name has characters that are not allowed.</exception>
    public static IpcEndpoint Signal(string name) => Create("signal", name);

    /// <summary>A duplex character device: a serial line, a pseudoterminal, a port of a virtual machine. It carries one connection at a time. Linux only.</summary>
    /// <param name="path">Its absolute path; for a serial line with settings behind a question mark, as in <c>/dev/ttyS0?baud=115200&amp;flow=hardware</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The path is not absolute, or a setting is not known.</exception>
    public static IpcEndpoint Device(string path) => Create("device", path);

    /// <summary>POSIX message queues: one for the requests of all clients, a small one for the answers to each. Linux only, and one user only.</summary>
    /// <param name="name">Its name. The kernel knows the queue as <c>/contracts.&lt;uid&gt;.&lt;name&gt;</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The name has characters that are not allowed.</exception>
    public static IpcEndpoint PosixQueue(string name) => Create("mq", name);

    /// <summary>A pair of memory buffers inside this process, for tests.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The name has characters that are not allowed.</exception>
    public static IpcEndpoint InProcess(string name) => Create("inproc", name);

    /// <summary>Parses an endpoint.</summary>
    /// <param name="text">For example <c>unix:calculator</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="IpcEndpointException">The text is not an endpoint; the message says why.</exception>
    public static IpcEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryCreate(text, out string? objection) ?? throw TransportError.BadEndpoint(text, objection);
    }

    /// <summary>Parses an endpoint.</summary>
    /// <param name="text">For example <c>unix:calculator</c>.</param>
    /// <param name="endpoint">The endpoint, or null.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out IpcEndpoint? endpoint)
    {
        endpoint = text is null ? null : TryCreate(text, out _);
        return endpoint is not null;
    }

    /// <inheritdoc/>
    static IpcEndpoint IParsable<IpcEndpoint>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<IpcEndpoint>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out IpcEndpoint result) => TryParse(s, out result);

    /// <summary>Parses an endpoint, so that a string can stand wherever an endpoint is wanted.</summary>
    /// <param name="text">For example <c>unix:calculator</c>.</param>
    public static implicit operator IpcEndpoint(string text) => Parse(text);

    /// <summary>The text that <see cref="Parse"/> understands.</summary>
    /// <returns>The scheme, a colon, and the address.</returns>
    public override string ToString() => $"{Scheme}:{Address}";

    private static IpcEndpoint Create(string scheme, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Parse($"{scheme}:{address}");
    }

    private static IpcEndpoint? TryCreate(string text, out string? objection)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            objection = $"it has no scheme. Known are {TransportRegistry.Schemes}";
            return null;
        }

        string scheme = text[..colon];
        string address = text[(colon + 1)..];
        objection = TransportRegistry.Find(scheme) is { } transport
            ? transport.Objection(address)
            : $"the scheme '{scheme}' is not known. Known are {TransportRegistry.Schemes}";
        return objection is null ? new IpcEndpoint(scheme, address) : null;
    }
}
