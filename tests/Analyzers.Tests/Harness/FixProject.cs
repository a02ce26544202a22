using System.Collections.Immutable;
using Contracts.Ipc.CodeFixes;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>The source of a code-fix test as a project of a workspace, as an editor holds it.</summary>
internal sealed class FixProject : IDisposable
{
    private readonly AdhocWorkspace _workspace;
    private readonly DocumentId _document;
    private readonly ImmutableArray<Diagnostic> _diagnostics;

    private FixProject(AdhocWorkspace workspace, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        _workspace = workspace;
        _document = document.Id;
        _diagnostics = diagnostics;
        Solution = document.Project.Solution;
    }

    internal Solution Solution { get; private set; }

    internal static ImmutableArray<CodeFixProvider> Providers { get; } =
    [
        .. typeof(SyntaxFix).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    private Document Document => Solution.GetDocument(_document)!;

    internal static async Task<FixProject> OpenAsync(string source, string rest)
    {
        var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("Test", LanguageNames.CSharp)
            .WithParseOptions(TestProject.ParseOptions)
            .WithCompilationOptions(TestProject.CompilationOptions)
            .AddMetadataReferences(References.All)
            .AddDocument("Usings.cs", TestProject.GlobalUsings, filePath: "Usings.cs").Project
            .AddDocument("Rest.cs", rest, filePath: "Rest.cs").Project
            .AddDocument("Test.cs", source, filePath: "Test.cs");
        var baseline = BaselineSample.Of(source);
        foreach ((string name, string text) in baseline.Files)
        {
            document = document.Project.AddAdditionalDocument(name, text, filePath: name).Project.GetDocument(document.Id)!;
        }

        Compilation? compilation = await document.Project.GetCompilationAsync();
        return new FixProject(workspace, document, await TestProject.AnalyzeAsync(compilation!, baseline.Properties, document.Project.AnalyzerOptions.AdditionalFiles));
    }

    internal async Task<Compilation> CompileAsync() => (await Document.Project.GetCompilationAsync())!;

    /// <summary>What the analyzers say now.</summary>
    internal async Task<ImmutableArray<Diagnostic>> AnalyzeAsync()
        => await TestProject.AnalyzeAsync(await CompileAsync(), files: Document.Project.AnalyzerOptions.AdditionalFiles);

    /// <summary>The text of an additional file, which would be saved without a byte order mark.</summary>
    internal async Task<string> TextAsync(string name)
    {
        Microsoft.CodeAnalysis.Text.SourceText text = await Document.Project.AdditionalDocuments.Single(document => document.Name == name).GetTextAsync();
        Assert.True(text.Encoding is null || text.Encoding.Preamble.IsEmpty);
        return text.ToString();
    }

    internal async Task<string> TextAsync() => (await Document.GetTextAsync()).ToString();

    /// <summary>What the light bulb offers for the first diagnostic of the rule.</summary>
    internal async Task<ImmutableArray<(CodeFixProvider Provider, CodeAction Action)>> OfferAsync(string id)
    {
        Diagnostic diagnostic = _diagnostics.First(d => d.Id == id);
        var offers = ImmutableArray.CreateBuilder<(CodeFixProvider, CodeAction)>();
        foreach (CodeFixProvider provider in Providers.Where(p => p.FixableDiagnosticIds.Contains(id)))
        {
            Document document = Solution.GetDocument(diagnostic.Location.SourceTree)!;
            await provider.RegisterCodeFixesAsync(
                new CodeFixContext(document, diagnostic, (action, _) => offers.Add((provider, action)), CancellationToken.None));
        }

        return offers.ToImmutable();
    }

    /// <summary>What a refactoring offers where the cursor stands.</summary>
    internal async Task<CodeAction[]> RefactoringsAsync(CodeRefactoringProvider provider, int cursor)
    {
        var actions = new List<CodeAction>();
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(Document, new TextSpan(cursor, 0), actions.Add, CancellationToken.None));
        return [.. actions];
    }

    internal async Task ApplyAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(Solution, new Progress(), CancellationToken.None);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    internal async Task ApplyToAllAsync(string id, CodeFixProvider provider, CodeAction action)
    {
        var context = new FixAllContext(
            Document, provider, FixAllScope.Project, action.EquivalenceKey, [id], new Known(_diagnostics), CancellationToken.None);
        CodeAction? all = await provider.GetFixAllProvider()!.GetFixAsync(context);
        await ApplyAsync(all!);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Progress : IProgress<CodeAnalysisProgress>
    {
        public void Report(CodeAnalysisProgress value)
        {
        }
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
