using System.Text;
using Contracts.Ipc.Analyzers.Evolution;
using Contracts.Ipc.Generators.Evolution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.CodeFixes.Evolution;

/// <summary>Writes into the baseline of a project what diagnostics say has to be there.</summary>
internal static class BaselineDocuments
{
    /// <summary>As the targets write it: a mark at the beginning would change the first line of the file and nothing else.</summary>
    private static readonly Encoding WithoutMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Brings the unshipped file up to date. It is made if the project has none; the shipped file is never touched.</summary>
    internal static async Task<Solution> UpdateAsync(Project project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        ContractFact[] added = [.. diagnostics.SelectMany(diagnostic => BaselineProperties.AddedBy(diagnostic.Properties))];
        ContractFact[] gone = [.. diagnostics.SelectMany(diagnostic => BaselineProperties.GoneBy(diagnostic.Properties))];
        TextDocument? document = Find(project, BaselineFile.Unshipped);
        BaselineFile shipped = await ReadAsync(Find(project, BaselineFile.Shipped), cancellationToken).ConfigureAwait(false);
        BaselineFile unshipped = await ReadAsync(document, cancellationToken).ConfigureAwait(false);
        var text = SourceText.From(BaselineEdit.Update(shipped, unshipped, added, gone), WithoutMark);
        return document is null
            ? project.AddAdditionalDocument(BaselineFile.Unshipped, text, filePath: PathBeside(project)).Project.Solution
            : project.Solution.WithAdditionalDocumentText(document.Id, text);
    }

    private static TextDocument? Find(Project project, string name)
        => project.AdditionalDocuments.FirstOrDefault(document => string.Equals(document.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string? PathBeside(Project project)
        => Find(project, BaselineFile.Shipped)?.FilePath is { } path ? path.Substring(0, path.Length - BaselineFile.Shipped.Length) + BaselineFile.Unshipped : null;

    private static async Task<BaselineFile> ReadAsync(TextDocument? document, CancellationToken cancellationToken)
        => document is null ? BaselineFile.Empty : BaselineFile.Parse(await document.GetTextAsync(cancellationToken).ConfigureAwait(false));
}
