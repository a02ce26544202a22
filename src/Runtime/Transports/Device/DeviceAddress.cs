using System.Globalization;

namespace Contracts.Ipc.Transports.Device;

/// <summary>What an address such as <c>/dev/ttyS0?baud=115200&amp;flow=hardware</c> says: the device, and for a serial line its settings.</summary>
/// <param name="Path">The device.</param>
/// <param name="Baud">Bits per second; null to leave what is set.</param>
/// <param name="HardwareFlow">Whether RTS and CTS stop a sender that is too fast.</param>
/// <param name="WatchCarrier">Whether the connection ends with the carrier.</param>
internal sealed record DeviceAddress(string Path, int? Baud, bool HardwareFlow, bool WatchCarrier)
{
    private const int FastestLine = 20_000_000;

    /// <summary>What is wrong with an address, as the end of a sentence; null if nothing is.</summary>
    public static string? Objection(string address) => TryParse(address, out string? objection) is null ? objection : null;

    public static DeviceAddress Parse(string address) => TryParse(address, out string? objection) ?? throw new FormatException(objection);

    private static DeviceAddress? TryParse(string address, out string? objection)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        DeviceAddress? parsed = new(question < 0 ? address : address[..question], null, false, false);
        objection = !System.IO.Path.IsPathRooted(parsed.Path) ? "a device is given by its absolute path, as in 'device:/dev/ttyS0'"
            : parsed.Path.Contains('\0', StringComparison.Ordinal) ? "the path contains a zero character"
            : null;
        string[] options = question < 0 || objection is not null ? [] : address[(question + 1)..].Split('&');
        foreach (string option in options)
        {
            parsed = parsed.With(option);
            if (parsed is null)
            {
                objection = $"'{option}' is no setting of a line; there are baud=115200 (any rate), flow=hardware, flow=none, carrier=watch and carrier=ignore";
                return null;
            }
        }

        return objection is null ? parsed : null;
    }

    private DeviceAddress? With(string option) => option switch
    {
        "flow=hardware" => this with { HardwareFlow = true },
        "flow=none" => this with { HardwareFlow = false },
        "carrier=watch" => this with { WatchCarrier = true },
        "carrier=ignore" => this with { WatchCarrier = false },
        _ when option.StartsWith("baud=", StringComparison.Ordinal)
            && int.TryParse(option.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int baud)
            && baud is > 0 and <= FastestLine => this with { Baud = baud },
        _ => null,
    };
}
