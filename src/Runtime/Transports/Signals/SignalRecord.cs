using System.Globalization;
using System.Text;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>What a server that takes signals says of itself: a small text file in the user's directory, readable by programs in any language.</summary>
/// <remarks>
/// <code>
/// contracts signals 1 open
/// process 4711 started 8421337 namespace 4026531836
/// welcome AgAAAENJUEMB…
/// signal 35 9ae16a3b2f90404f acme.alarm/RingAsync
/// </code>
/// <para>One fact a line; unknown lines are skipped. The word at the end of the first line becomes <c>gone</c> when the server stops taking signals: whoever has the file
/// open then learns it although the path is gone or stands for another server.</para>
/// </remarks>
internal sealed record SignalRecord
{
    /// <summary>A greeting of 64 KiB in Base64, and a line for each signal.</summary>
    public const int MaximumLength = 256 * 1024;

    private const string Title = "contracts signals 1 ";

    /// <summary>Where the state stands in the file, and how it is written: both words are equally long.</summary>
    public const int StateOffset = 20;

    public static ReadOnlySpan<byte> Open => "open"u8;

    public static ReadOnlySpan<byte> Gone => "gone"u8;

    /// <summary>The server.</summary>
    public required ProcessIdentity Process { get; init; }

    /// <summary>In which namespace its id was given; 0 if unknown.</summary>
    public required ulong PidNamespace { get; init; }

    /// <summary>The server's Welcome, a frame with its length prefix.</summary>
    public required byte[] Welcome { get; init; }

    /// <summary>The signal of each method.</summary>
    public required IReadOnlyList<(int Signal, SignalMethod Method)> Signals { get; init; }

    public byte[] Write()
    {
        var text = new StringBuilder();
        _ = text.Append(Title).Append("open\n")
            .Append(CultureInfo.InvariantCulture, $"process {Process.Id} started {Process.StartTime} namespace {PidNamespace}\n")
            .Append("welcome ").Append(Convert.ToBase64String(Welcome)).Append('\n');
        foreach ((int signal, SignalMethod method) in Signals)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"signal {signal} {method.Id:x16} {method.FullName}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else; the message says what is missing.</exception>
    public static SignalRecord Read(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (!lines[0].StartsWith(Title, StringComparison.Ordinal))
        {
            throw new FormatException($"it does not begin with '{Title.TrimEnd()}'");
        }

        ProcessIdentity? process = null;
        ulong space = 0;
        byte[]? welcome = null;
        var signals = new List<(int, SignalMethod)>();
        foreach (string line in lines.Skip(1))
        {
            string[] words = line.Split(' ', 4);
            try
            {
                switch (words)
                {
                    case ["process", var id, "started", var rest] when rest.Split(' ') is [var started, "namespace", var inode]:
                        process = new ProcessIdentity(Number<uint>(id), Number<ulong>(started));
                        space = Number<ulong>(inode);
                        break;
                    case ["welcome", var frame]:
                        welcome = Convert.FromBase64String(frame);
                        break;
                    case ["signal", var signal, var method, var name]:
                        signals.Add((Signal(signal), new SignalMethod(ulong.Parse(method, NumberStyles.HexNumber, CultureInfo.InvariantCulture), name)));
                        break;
                }
            }
            catch (Exception cause) when (cause is FormatException or OverflowException)
            {
                throw new FormatException($"its line '{words[0]} …' cannot be read ({cause.Message.TrimEnd('.')})");
            }
        }

        return new SignalRecord
        {
            Process = process ?? throw new FormatException("it names no process"),
            PidNamespace = space,
            Welcome = welcome ?? throw new FormatException("it has no greeting"),
            Signals = signals,
        };
    }

    // A record is never a reason to send anything else than a real-time signal.
    private static int Signal(string text) => Number<int>(text) is var signal && signal >= RealTimeSignals.First && signal <= RealTimeSignals.Last
        ? signal
        : throw new FormatException($"{text} is not a real-time signal");

    private static T Number<T>(string text)
        where T : IParsable<T>
        => T.Parse(text, CultureInfo.InvariantCulture);
}
