using System.Diagnostics.CodeAnalysis;

namespace Contracts.Ipc;

/// <summary>Where a server is reached: a scheme that names the transport, and a name or path.</summary>
public sealed record IpcEndpoint
{
    private IpcEndpoint(string scheme, string address)
    {
        Scheme = scheme;
        Address = address;
    }

    /// <summary>The transport: <c>unix</c>, <c>pipe</c>, <c>inproc</c> ….</summary>
    public string Scheme { get; }

    /// <summary>What follows the colon.</summary>
    public string Address { get; }

    /// <summary>Parses an endpoint.</summary>
    /// <param name="text">For example <c>unix:calculator</c>.</param>
    /// <returns>The endpoint.</returns>
    public static IpcEndpoint Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return new IpcEndpoint(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>Parses an endpoint.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator IpcEndpoint(string text) => Parse(text);

    /// <inheritdoc/>
    public override string ToString() => Scheme + ":" + Address;
}
