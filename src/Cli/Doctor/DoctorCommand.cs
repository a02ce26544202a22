using System.CommandLine;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Doctor.Checks;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Doctor;

/// <summary><c>ipc doctor</c>: limits and kernel features that matter, with a verdict and advice for each.</summary>
internal sealed class DoctorCommand(Host host, GlobalOptions options)
    : ToolCommand<Diagnosis>("doctor", "Examine the limits and kernel features that matter to the transports, with advice.", host, options, Documents.Shapes.Diagnosis)
{
    protected override Task<Diagnosis> ExecuteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ToolException(ExitCode.NotOffered, "doctor knows Linux only.", "On this system only unix:, pipe: and inproc: exist; they need nothing special.");
        }

        return Task.FromResult(Diagnosis.Of(Examination.Of(new LinuxMachine())));
    }

    protected override ExitCode Verdict(Diagnosis model) => model.Verdict == Doctor.Verdict.Error ? ExitCode.Unwell : ExitCode.Ok;

    protected override void Show(Diagnosis model, Page page) => DiagnosisPage.Show(model, page);
}
