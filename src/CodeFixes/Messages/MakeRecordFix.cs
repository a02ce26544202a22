using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Messages;

/// <summary>Makes a record of the type that is a key, which gives it the equality of its members: IPC2022, IPC2023.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeRecordFix)), Shared]
public sealed class MakeRecordFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [MessageAdviceRules.KeyComparesReferences.Id, MessageAdviceRules.KeyWithoutHash.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (TypesAt(target).SelectMany(NamedIn).FirstOrDefault(IsKey) is not { } key
            || key.DeclaringSyntaxReferences is not { Length: 1 } references
            || references[0].SyntaxTree != target.Root.SyntaxTree
            || target.Root.FindNode(references[0].Span) is not TypeDeclarationSyntax { ParameterList: null } declaration)
        {
            yield break;
        }

        yield return new FixOffer(
            $"Make '{key.Name}' a record",
            nameof(MakeRecordFix),
            editor => editor.ReplaceNode(declaration, (current, _) => current is ClassDeclarationSyntax or StructDeclarationSyntax ? ToRecord((TypeDeclarationSyntax)current) : current));

        bool IsKey(INamedTypeSymbol type)
            => type is { IsRecord: false, IsRefLikeType: false, IsStatic: false }
                && (type.TypeKind == TypeKind.Struct || (type.TypeKind == TypeKind.Class && type.BaseType is { SpecialType: SpecialType.System_Object }))
                && type.Locations.Any(location => location.IsInSource)
                && target.Diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains($"'{type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}'");
    }

    /// <summary>The types that are written at the place of the diagnostic.</summary>
    private static IEnumerable<ITypeSymbol> TypesAt(FixTarget target)
    {
        SyntaxNode? place = (SyntaxNode?)target.Find<ParameterSyntax>() ?? target.Find<VariableDeclaratorSyntax>() ?? (SyntaxNode?)target.Find<MemberDeclarationSyntax>();
        ISymbol? symbol = place is null ? null : target.Model.GetDeclaredSymbol(place);
        ITypeSymbol? type = symbol switch
        {
            IParameterSymbol parameter => parameter.Type,
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            IMethodSymbol method => method.ReturnType,
            _ => null,
        };
        return type is null ? [] : [type];
    }

    private static IEnumerable<INamedTypeSymbol> NamedIn(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => NamedIn(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(NamedIn).Append(named),
        _ => [],
    };

    private static RecordDeclarationSyntax ToRecord(TypeDeclarationSyntax type)
    {
        bool isStruct = type is StructDeclarationSyntax;
        SyntaxToken record = SyntaxFactory.Token(SyntaxKind.RecordKeyword).WithLeadingTrivia(type.Keyword.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
        RecordDeclarationSyntax made = SyntaxFactory.RecordDeclaration(
            isStruct ? SyntaxKind.RecordStructDeclaration : SyntaxKind.RecordDeclaration,
            type.AttributeLists,
            type.Modifiers,
            isStruct ? record : record.WithTrailingTrivia(type.Keyword.TrailingTrivia),
            isStruct ? type.Keyword.WithLeadingTrivia() : default,
            type.Identifier,
            type.TypeParameterList,
            type.ParameterList,
            type.BaseList,
            type.ConstraintClauses,
            type.OpenBraceToken,
            type.Members,
            type.CloseBraceToken,
            type.SemicolonToken);

        // By its annotations the next edit of the same type finds it.
        return type.CopyAnnotationsTo(made)!;
    }
}
