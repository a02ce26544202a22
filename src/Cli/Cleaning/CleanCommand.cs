using System.CommandLine;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Cleaning;

/// <summary><c>ipc clean</c>: removes what dead processes of this user have left. Never anything that a living one has.</summary>
internal sealed class CleanCommand : ToolCommand<CleaningReport>
{
    private readonly Option<bool> _rehearse = new("--dry-run") { Description = "Only show what would be removed." };

    public CleanCommand(Host host, GlobalOptions options)
        : base("clean", "Remove the sockets, FIFOs, queues and segments that dead processes have left; never those of the living.", host, options, Documents.Shapes.CleaningReport)
    {
        Options.Add(_rehearse);
    }

    protected override Task<CleaningReport> ExecuteAsync(ParseResult line, CancellationToken cancellationToken) =>
        Task.FromResult(Cleaner.Clean(line.GetValue(_rehearse)));

    protected override ExitCode Verdict(CleaningReport model) =>
        model.Objects.Any(one => one.Fate == ObjectFate.Failed) ? ExitCode.Unwell : ExitCode.Ok;

    protected override void Show(CleaningReport model, Page page) => CleaningPage.Show(model, page);
}
