using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.CodeFixes.Editing;

/// <summary>Edits the modifiers of a declaration and keeps the comments and blank lines before it where they are.</summary>
internal static class ModifierEdit
{
    internal static bool IsPartial(this MemberDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>Whether code outside the declaring file or type cannot name the declaration.</summary>
    internal static bool IsHidden(this MemberDeclarationSyntax declaration)
    {
        SyntaxTokenList modifiers = declaration.Modifiers;
        if (modifiers.Any(SyntaxKind.PublicKeyword) || modifiers.Any(SyntaxKind.InternalKeyword))
        {
            return false;
        }

        // Nothing said means private inside a class or struct.
        return modifiers.Any(IsAccessibility)
            || declaration.Parent is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax;
    }

    internal static TDeclaration WithPartial<TDeclaration>(this TDeclaration declaration)
        where TDeclaration : MemberDeclarationSyntax
        => declaration.IsPartial() ? declaration : declaration.WithModifierLast(SyntaxKind.PartialKeyword);

    internal static TDeclaration WithInternal<TDeclaration>(this TDeclaration declaration)
        where TDeclaration : MemberDeclarationSyntax
    {
        SyntaxTokenList modifiers = declaration.Modifiers;
        int at = modifiers.IndexOf(IsAccessibility);
        if (at < 0)
        {
            return declaration.WithModifierFirst(SyntaxKind.InternalKeyword);
        }

        modifiers = modifiers.Replace(modifiers[at], SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(modifiers[at]));
        return (TDeclaration)declaration.WithModifiers(SyntaxFactory.TokenList(modifiers.Where((token, i) => i <= at || !IsAccessibility(token))));
    }

    private static TDeclaration WithModifierLast<TDeclaration>(this TDeclaration declaration, SyntaxKind modifier)
        where TDeclaration : MemberDeclarationSyntax
    {
        if (declaration.Modifiers.Count == 0)
        {
            return declaration.WithModifierFirst(modifier);
        }

        SyntaxToken token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        return (TDeclaration)declaration.WithModifiers(declaration.Modifiers.Add(token));
    }

    private static TDeclaration WithModifierFirst<TDeclaration>(this TDeclaration declaration, SyntaxKind modifier)
        where TDeclaration : MemberDeclarationSyntax
    {
        // What stands before the first token behind the attributes, comments included, goes before the new one.
        SyntaxToken first = declaration.AttributeLists.Count == 0
            ? declaration.GetFirstToken()
            : declaration.AttributeLists.Last().GetLastToken().GetNextToken();
        SyntaxToken token = SyntaxFactory.Token(modifier).WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
        TDeclaration bare = declaration.ReplaceToken(first, first.WithLeadingTrivia());
        return (TDeclaration)bare.WithModifiers(bare.Modifiers.Insert(0, token));
    }

    private static int IndexOf(this SyntaxTokenList tokens, Func<SyntaxToken, bool> predicate)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (predicate(tokens[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Any(this SyntaxTokenList tokens, Func<SyntaxToken, bool> predicate) => tokens.IndexOf(predicate) >= 0;

    private static bool IsAccessibility(SyntaxToken token)
        => token.RawKind is (int)SyntaxKind.PublicKeyword or (int)SyntaxKind.InternalKeyword or (int)SyntaxKind.ProtectedKeyword
            or (int)SyntaxKind.PrivateKeyword or (int)SyntaxKind.FileKeyword;
}
