using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Limits of pipes and FIFOs, pipe(7).</summary>
internal static class PipeChecks
{
    private const string Area = "pipes";
    private const long UsualCapacity = 65536;
    private const long PagesOfAPipe = 16;

    public static IEnumerable<Finding> Of(Machine machine)
    {
        if (machine.ReadNumber("/proc/sys/fs/pipe-max-size") is { } size)
        {
            yield return new Finding(
                Area,
                "fs.pipe-max-size",
                Quantity.Bytes(size),
                size < UsualCapacity ? Verdict.Warning : Verdict.Ok,
                size < UsualCapacity ? "Pipes are smaller than usual, so that long messages take more steps. sysctl fs.pipe-max-size=1048576 (the default)." : null);
        }

        if (machine.ReadNumber("/proc/sys/fs/pipe-user-pages-soft") is { } pages)
        {
            bool isLow = pages is > 0 and < 1024;
            yield return new Finding(
                Area,
                "fs.pipe-user-pages-soft",
                pages == 0 ? "no limit" : $"{pages} (room for {pages / PagesOfAPipe} pipes)",
                isLow ? Verdict.Warning : Verdict.Ok,
                isLow ? "Beyond it new pipes of this user get one page instead of 16, so that calls over fifo: and stdio: stop at each 4 KiB. sysctl fs.pipe-user-pages-soft=16384 (the default)." : null);
        }
    }
}
