using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests.Documentation;

/// <summary>What readers copy from the guides compiles.</summary>
public sealed class GuideTests
{
    private static readonly GuidePage[] Guides =
    [
        new("README.md", """
            internal class Context
            {
                protected static CancellationToken stop;
            }

            internal sealed class Calculator : ICalculator
            {
                public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken) => new(a + b);

                public ValueTask<double> DivideAsync(double dividend, double divisor, CancellationToken cancellationToken) => new(dividend / divisor);
            }
            """),
        new("docs/shared-memory.md", """
            global using System.Diagnostics;
            global using Acme;

            internal class Context
            {
                protected static SharedSegment<Position> segment = null!;
                protected static Order order;
                protected static CancellationToken cancellationToken;
                protected static Logger log = null!;
            }

            [SharedLayout]
            internal partial struct Order
            {
                public long Number;
            }

            internal sealed class Logger
            {
                public void Warn(string text) => _ = text;
            }
            """),
        new("docs/shared-layouts.md", "internal class Context;"),
    ];

    public static TheoryData<string> Pages => [.. Guides.Select(guide => guide.Path)];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_sample_in_C_sharp_is_accepted_by_compiler_generator_and_analyzers(string page)
    {
        CSharpCompilation compilation = Guides.Single(guide => guide.Path == page).Compile();
        Compilation generated = Generator.Run(compilation);
        Assert.Empty(TestProject.ErrorsOf(generated));
        Assert.Empty(await TestProject.AnalyzeAsync(generated));
    }
}
