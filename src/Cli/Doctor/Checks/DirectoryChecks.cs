namespace Contracts.Ipc.Cli.Doctor.Checks;

/// <summary>Where endpoints with plain names live, and whether that place is private.</summary>
internal static class DirectoryChecks
{
    private const string Area = "directory";

    public static IEnumerable<Finding> Of(Machine machine)
    {
        string? runtime = machine.Variable("XDG_RUNTIME_DIR");
        (string? path, string? objection) = machine.UserDirectory();
        bool isTemporary = path is not null && path.StartsWith("/tmp/", StringComparison.Ordinal);
        yield return new Finding(
            Area,
            "XDG_RUNTIME_DIR",
            runtime ?? "not set",
            runtime is null && isTemporary ? Verdict.Note : Verdict.Ok,
            runtime is null && isTemporary
                ? "There is no runtime directory of this user, so endpoints live in /tmp. A process that has the variable set looks elsewhere and finds none of them: set it for all, or name endpoints by their paths."
                : null);
        yield return new Finding(Area, "of endpoints", path, objection is null ? Verdict.Ok : Verdict.Error, objection);
    }
}
