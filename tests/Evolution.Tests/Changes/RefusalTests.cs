extern alias analyzers;

using analyzers::Contracts.Ipc.Analyzers.Evolution;
using Contracts.Ipc.Evolution.Tests.Harness;
using Contracts.Ipc.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Contracts.Ipc.Evolution.Tests.Changes;

/// <summary>Changes that no process can have made, because the compiler refuses them in any version.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(6, "IPC1017", "int Find(string name); [IpcMethod(Name = \"Find\")] int Search(int id);")]
    [InlineData(7, "IPC1017", "int Find(string name); int Find(int id);")]
    [InlineData(20, "IPC1013", "int Find(in int id);")]
    [InlineData(20, "IPC1013", "int Find(out int id);")]
    public async Task It_does_not_compile(int rule, string id, string methods)
    {
        Compilation compilation = TestCompilation.Create(Change.Service(methods));
        DiagnosticAnalyzer[] all =
        [
            .. typeof(ContractChange).Assembly.GetTypes()
                .Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
                .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];

        IEnumerable<Diagnostic> diagnostics = await compilation.WithAnalyzers([.. all]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.True(diagnostics.Any(diagnostic => diagnostic.Id == id && diagnostic.Severity == DiagnosticSeverity.Error), $"rule {rule}:\n{string.Join('\n', diagnostics)}");
    }
}
