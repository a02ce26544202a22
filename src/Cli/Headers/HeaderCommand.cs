using System.CommandLine;
using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.Headers;

/// <summary><c>ipc header</c>: the shared structs of an assembly as C declares them.</summary>
internal sealed class HeaderCommand : ToolCommand<HeaderListing>
{
    private readonly Argument<FileInfo> _assembly = new("assembly")
    {
        Description = "The .dll that the project was built into. It is read, not run.",
    };

    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "Write one file for each struct into this directory instead of printing them. Files that are right already are not touched.",
        HelpName = "directory",
    };

    public HeaderCommand(Host host, GlobalOptions options)
        : base("header", "Print or write the C headers of an assembly's [SharedLayout] structs.", host, options, Documents.Shapes.HeaderListing)
    {
        Arguments.Add(_assembly);
        Options.Add(_output);
    }

    protected override Task<HeaderListing> ExecuteAsync(ParseResult line, CancellationToken cancellationToken)
    {
        FileInfo assembly = line.GetRequiredValue(_assembly);
        if (!assembly.Exists)
        {
            throw new ToolException(ExitCode.File, $"There is no file '{assembly}'.", "Name the .dll that the project was built into.");
        }

        IReadOnlyList<Header> headers = LayoutMetadata.Read(assembly.FullName);
        if (headers.Count == 0)
        {
            throw new ToolException(
                ExitCode.NotOffered, $"'{assembly.Name}' has no shared structs.", "Mark a partial struct with [SharedLayout] and build the project with the Contracts.Ipc package.");
        }

        var listing = new HeaderListing(assembly.ToString(), null, headers);
        return Task.FromResult(line.GetValue(_output) is { } directory ? HeaderFiles.Write(listing, directory.ToString()) : listing);
    }

    protected override void Show(HeaderListing model, Page page)
    {
        if (model.Directory is null)
        {
            // As a file would be: this goes through a pipe to a compiler.
            foreach (Header header in model.Headers)
            {
                Host.Output.Write(header.Text);
            }

            return;
        }

        var grid = new Grid("File", "Bytes", "Alignment", "Written").Numbers(1, 2);
        foreach (Header header in model.Headers)
        {
            grid.Add(Path.Combine(model.Directory, header.File), header.Size, header.Alignment, header.IsChanged ? new Cell("yes", Tone.Good) : new Cell("unchanged", Tone.Faint));
        }

        page.Table(grid);
    }
}
