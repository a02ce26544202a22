using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Declares the bytes that the runtime leaves between fields and behind them: IPC3034. Nothing moves, but the fingerprint changes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclarePaddingFix)), Shared]
public sealed class DeclarePaddingFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutAdvice.Padding.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // Padding of a struct inside is the affair of that struct.
        if (SharedStruct.Find(target) is { HasPlainFields: true } type && type.Declaration.Identifier.Span == target.Diagnostic.Location.SourceSpan)
        {
            yield return new FixOffer("Declare the padding", nameof(DeclarePaddingFix), editor =>
            {
                var names = new UniqueNames(type.Symbol.MemberNames);
                string modifiers = type.Symbol.IsReadOnly ? "private readonly" : "private";
                foreach (LayoutGap gap in LayoutGap.Between(type.Shape.Fields, type.Shape.Size))
                {
                    FieldDeclarationSyntax neighbour = gap.Before is null
                        ? type.Fields.Last()
                        : type.Fields.First(field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == gap.Before));
                    MemberDeclarationSyntax[] padding =
                        [.. Pieces(gap).Select(keyword => MemberEdit.LikeNeighbour($"{modifiers} {keyword} {names.Take("_padding")};", neighbour))];
                    if (gap.Before is null)
                    {
                        editor.InsertAfter(neighbour, padding);
                    }
                    else
                    {
                        editor.InsertBefore(neighbour, padding);
                    }
                }
            });
        }
    }

    /// <summary>Numbers that fill the gap, none of which needs padding itself.</summary>
    private static IEnumerable<string> Pieces(LayoutGap gap)
    {
        (int Size, string Keyword)[] numbers = [(8, "ulong"), (4, "uint"), (2, "ushort"), (1, "byte")];
        for (int at = gap.Offset; at < gap.Offset + gap.Size;)
        {
            (int size, string keyword) = numbers.First(number => at % number.Size == 0 && at + number.Size <= gap.Offset + gap.Size);
            yield return keyword;
            at += size;
        }
    }
}
