using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>
/// Moves the CancellationToken to the end, in the contract, in the classes that implement it and in the calls: IPC1015.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveTokenLastFix)), Shared]
public sealed class MoveTokenLastFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ContractRules.CancellationTokenNotLast.Id];

    /// <summary>Each fix touches lists of its own, so the changes of many can be merged.</summary>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FixTarget.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } target
                && target.Find<ParameterSyntax>() is { Parent.Parent: MethodDeclarationSyntax method } parameter
                && target.Model.GetDeclaredSymbol(method, context.CancellationToken) is { } symbol)
            {
                int index = method.ParameterList.Parameters.IndexOf(parameter);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Move '{parameter.Identifier.ValueText}' to the end",
                        cancellationToken => MoveAsync(context.Document.Project.Solution, symbol, index, cancellationToken),
                        nameof(MoveTokenLastFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<Solution> MoveAsync(Solution solution, IMethodSymbol method, int index, CancellationToken cancellationToken)
    {
        var lists = new HashSet<SyntaxNode>();
        foreach (ISymbol declared in await DeclarationsAsync(method, solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (SyntaxReference reference in declared.DeclaringSyntaxReferences)
            {
                if (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is MethodDeclarationSyntax declaration)
                {
                    lists.Add(declaration.ParameterList);
                }
            }

            await AddCallsAsync(declared, solution, lists, cancellationToken).ConfigureAwait(false);
        }

        string name = method.Parameters[index].Name;
        foreach (IGrouping<SyntaxTree, SyntaxNode> inTree in lists.GroupBy(list => list.SyntaxTree).ToList())
        {
            Document document = solution.GetDocument(inTree.Key)!;
            SyntaxNode root = await inTree.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            SyntaxNode moved = root.ReplaceNodes(inTree, (_, current) => current switch
            {
                ParameterListSyntax parameters => Move(parameters, index),
                ArgumentListSyntax arguments => Move(arguments, index, name, method.Parameters.Length),
                _ => current,
            });
            solution = solution.WithDocumentSyntaxRoot(document.Id, moved);
        }

        return solution;
    }

    /// <summary>The method of the contract, those that implement it and those that override these.</summary>
    private static async Task<IReadOnlyList<ISymbol>> DeclarationsAsync(IMethodSymbol method, Solution solution, CancellationToken cancellationToken)
    {
        List<ISymbol> declarations = [method];
        declarations.AddRange(
            await SymbolFinder.FindImplementationsAsync(method, solution, cancellationToken: cancellationToken).ConfigureAwait(false));
        foreach (ISymbol implementation in declarations.Skip(1).ToList())
        {
            declarations.AddRange(
                await SymbolFinder.FindOverridesAsync(implementation, solution, cancellationToken: cancellationToken).ConfigureAwait(false));
        }

        return declarations;
    }

    private static async Task AddCallsAsync(ISymbol method, Solution solution, HashSet<SyntaxNode> lists, CancellationToken cancellationToken)
    {
        IEnumerable<ReferencedSymbol> references =
            await SymbolFinder.FindReferencesAsync(method, solution, cancellationToken).ConfigureAwait(false);
        foreach (ReferenceLocation reference in references.SelectMany(referenced => referenced.Locations))
        {
            SyntaxNode? root = await reference.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
            SyntaxNode? name = root?.FindToken(reference.Location.SourceSpan.Start).Parent;
            SyntaxNode? called = name?.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax ? name.Parent : name;
            if (called?.Parent is InvocationExpressionSyntax invocation && invocation.Expression == called)
            {
                lists.Add(invocation.ArgumentList);
            }
        }
    }

    private static ParameterListSyntax Move(ParameterListSyntax list, int index)
    {
        SeparatedSyntaxList<ParameterSyntax> parameters = list.Parameters;
        if (index >= parameters.Count)
        {
            return list;
        }

        ParameterSyntax token = parameters[index];
        if (token.Default is null && parameters.Any(parameter => parameter.Default is not null))
        {
            // Behind an optional parameter stands only an optional one.
            token = token
                .WithIdentifier(token.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                .WithDefault(SyntaxFactory.EqualsValueClause(
                    SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
                    SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression, SyntaxFactory.Token(SyntaxKind.DefaultKeyword))));
        }

        return list.WithParameters(MoveToEnd(parameters, index, token));
    }

    private static ArgumentListSyntax Move(ArgumentListSyntax list, int index, string name, int parameterCount)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = list.Arguments;
        if (index >= arguments.Count || arguments.Take(index).Any(argument => argument.NameColon is not null))
        {
            // Not passed, or behind named arguments and then named itself.
            return list;
        }

        ArgumentSyntax token = arguments[index];
        if (token.NameColon is { } named ? named.Name.Identifier.ValueText != name : index == arguments.Count - 1 && arguments.Count == parameterCount)
        {
            return list;
        }

        bool someOmittedOrNamed = arguments.Count < parameterCount || arguments.Any(argument => argument.NameColon is not null);
        if (token.NameColon is null && someOmittedOrNamed)
        {
            token = token.WithNameColon(SyntaxFactory.NameColon(
                SyntaxFactory.IdentifierName(name), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)));
        }

        return list.WithArguments(MoveToEnd(arguments, index, token));
    }

    /// <summary>Reorders the nodes, while line breaks and blanks stay where they are in the list.</summary>
    private static SeparatedSyntaxList<TNode> MoveToEnd<TNode>(SeparatedSyntaxList<TNode> list, int index, TNode moved)
        where TNode : SyntaxNode
    {
        List<TNode> nodes = [.. list];
        nodes.RemoveAt(index);
        nodes.Add(moved);
        return SyntaxFactory.SeparatedList(
            nodes.Select((node, i) => node.WithLeadingTrivia(list[i].GetLeadingTrivia()).WithTrailingTrivia(list[i].GetTrailingTrivia())),
            list.GetSeparators());
    }
}
