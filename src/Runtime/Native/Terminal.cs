using System.Runtime.InteropServices;

namespace Contracts.Ipc.Native;

/// <summary>Settings of terminals, by the kernel's own calls: ioctl_tty(2), TCGETS2 and TCSETS2.</summary>
/// <remarks>
/// Not by tcsetattr(3): musl knows only the numbered rates, glibc 2.42 gave these numbers another meaning, and the kernel's structure takes any rate and is
/// the same under both. As numbered on x86, Arm, RISC-V and s390x; elsewhere (ppc64le) the call fails, and the error says so.
/// </remarks>
internal static unsafe partial class Terminal
{
    private const nuint GetSettings = 0x802C542A;
    private const nuint SetSettings = 0x402C542B;
    private const nuint FlushQueues = 0x540B;
    private const nuint TakeExclusively = 0x540C;
    private const nuint GiveUpExclusively = 0x540D;
    private const int Input = 0;

    /// <summary>Its settings; null if the device is no terminal.</summary>
    /// <exception cref="NativeException">They cannot be read: it has hung up.</exception>
    public static TerminalSettings? Settings(SafeDescriptor device)
    {
        TerminalSettings settings;
        if (Control(device, GetSettings, &settings) == 0)
        {
            return settings;
        }

        return NativeError.Last is Errno.ENOTTY or Errno.EINVAL ? null : throw new NativeException("ioctl(TCGETS2)", NativeError.Last);
    }

    /// <summary>Changes its settings at once.</summary>
    public static void Apply(SafeDescriptor device, TerminalSettings settings) =>
        _ = NativeError.Check(Control(device, SetSettings, &settings), "ioctl(TCSETS2)");

    /// <summary>Throws away what has come and was not read. To what is no terminal this does nothing.</summary>
    public static void FlushInput(SafeDescriptor device) => _ = Control(device, FlushQueues, Input);

    /// <summary>Whether others (but the administrator's processes) may open it from now on.</summary>
    public static void SetExclusive(SafeDescriptor device, bool exclusive) => _ = Control(device, exclusive ? TakeExclusively : GiveUpExclusively, 0);

    // Variadic in C; on Linux a fixed pointer or integer travels in the same register.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeDescriptor device, nuint request, TerminalSettings* settings);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeDescriptor device, nuint request, nint argument);
}

/// <summary>struct termios2 of the kernel.</summary>
[StructLayout(LayoutKind.Explicit, Size = 44)]
internal unsafe struct TerminalSettings
{
    private const uint IgnoreBreaks = 0x1;
    private const uint EightBits = 0x30;
    private const uint Receive = 0x80;
    private const uint HangUpOnClose = 0x400;
    private const uint NoModemLines = 0x800;
    private const uint RateByNumber = 0x1000;
    private const uint RateMask = 0x100F;
    private const uint InputRateMask = RateMask << 16;
    private const uint HardwareFlowControl = 0x8000_0000;
    private const int LeastTime = 5;
    private const int LeastCount = 6;

    [FieldOffset(0)]
    private uint _input;

    [FieldOffset(4)]
    private uint _output;

    [FieldOffset(8)]
    private uint _control;

    [FieldOffset(12)]
    private uint _local;

    [FieldOffset(17)]
    private fixed byte _characters[19];

    [FieldOffset(36)]
    private uint _inputRate;

    [FieldOffset(40)]
    private uint _outputRate;

    /// <summary>Bits per second.</summary>
    public readonly int Rate => (int)_outputRate;

    /// <summary>The same line as one that carries every byte as it is: eight bits, no parity, no echo, no character with a meaning.</summary>
    /// <param name="rate">Bits per second; null to leave it.</param>
    /// <param name="hardwareFlowControl">Whether RTS and CTS stop a sender that is too fast.</param>
    /// <param name="modemLines">Whether the line ends when the carrier (DCD) does; a cable of three wires has none.</param>
    public readonly TerminalSettings AsRaw(int? rate, bool hardwareFlowControl, bool modemLines)
    {
        TerminalSettings raw = this;
        raw._input = IgnoreBreaks;
        raw._output = 0;
        raw._local = 0;
        raw._control = (_control & RateMask) | (_control & InputRateMask) | EightBits | Receive | HangUpOnClose
            | (modemLines ? 0 : NoModemLines)
            | (hardwareFlowControl ? HardwareFlowControl : 0);
        raw._characters[LeastTime] = 0;
        raw._characters[LeastCount] = 1;
        if (rate is { } bits)
        {
            raw._control = (raw._control & ~(RateMask | InputRateMask)) | RateByNumber;
            raw._inputRate = raw._outputRate = (uint)bits;
        }

        return raw;
    }
}
