namespace Contracts.Ipc.Transports.Device;

/// <summary>Every error about devices and lines.</summary>
internal static class DeviceError
{
    public static IpcEndpointException NotHere(IpcEndpoint endpoint) =>
        new($"{endpoint} needs Linux. Open the device yourself on this system.");

    public static IpcConnectionException InUse(IpcEndpoint endpoint) =>
        TransportError.CannotConnect(endpoint, "the device is in use by another program, or by another connection of this one. A device carries one connection at a time.");

    public static IpcConnectionException NoServer(IpcEndpoint endpoint, TimeSpan time, Exception? cause) =>
        TransportError.CannotConnect(endpoint, $"nobody answered at the other end of the line within {time.TotalSeconds:0.#} s. Start the server there; check the cable and the rate.", cause);

    public static IpcProtocolException OtherVersion(IpcEndpoint endpoint, uint peer) =>
        new(IpcErrorCode.VersionMismatch, $"Cannot connect to {endpoint}: the server opens lines in version {peer}, this process in version {LineMessage.CurrentVersion}. Use one version of Contracts on both sides.");

    public static DeviceException NotADevice(string path) => new($"'{path}' is not a character device");

    public static DeviceException Busy(string path, Exception? cause = null) => new($"'{path}' is in use by another program", cause) { IsBusy = true };

    public static IpcConnectionException HungUp() => TransportError.PeerLost("the line was hung up");

    public static IpcConnectionException BeganAnew() => TransportError.PeerLost("the other end of the line has begun a new connection");
}

/// <summary>A device cannot be used. Becomes an error of the endpoint or of the connection; never leaves the transport bare.</summary>
internal sealed class DeviceException(string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Whether somebody else has it now.</summary>
    public bool IsBusy { get; init; }
}
