using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Layouts;

/// <summary>Makes two fields of one whose type hides two: a nullable value, a DateTimeOffset, a 128-bit integer: IPC3016, IPC3018, IPC3029.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SplitFieldFix)), Shared]
public sealed class SplitFieldFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [LayoutRules.DateAndTime.Id, LayoutRules.NullableValue.Id, LayoutRules.WideInteger.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        // A declaration of several fields would become a list that nobody wants to read.
        if (target.Find<FieldDeclarationSyntax>() is not { Declaration: { Variables: { Count: 1 } variables } declaration } field
            || variables[0] is not { ArgumentList: null, Initializer: null, Identifier.ValueText: { } name }
            || Parts(declaration.Type, target.Model.GetTypeInfo(declaration.Type).Type, name) is not { } parts)
        {
            yield break;
        }

        yield return new FixOffer(
            $"Make two fields of it, '{parts.FirstName}' and '{parts.SecondName}'",
            nameof(SplitFieldFix) + ":" + target.Diagnostic.Id,
            editor =>
            {
                string modifiers = field.Modifiers.ToString();
                editor.InsertAfter(field, MemberEdit.LikeNeighbour($"{modifiers} {parts.SecondType} {parts.SecondName};", field));
                editor.ReplaceNode(field, (current, _) => Rename((FieldDeclarationSyntax)current, parts.FirstType, parts.FirstName));
            });
    }

    private static FieldDeclarationSyntax Rename(FieldDeclarationSyntax field, string type, string name)
    {
        VariableDeclarationSyntax declaration = field.Declaration;
        VariableDeclaratorSyntax variable = declaration.Variables[0];
        return field.WithDeclaration(declaration
            .WithType(SyntaxFactory.ParseTypeName(type).WithTriviaFrom(declaration.Type))
            .WithVariables(SyntaxFactory.SingletonSeparatedList(variable.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(variable.Identifier)))));
    }

    private static (string FirstType, string FirstName, string SecondType, string SecondName)? Parts(TypeSyntax syntax, ITypeSymbol? type, string name) => (syntax, type) switch
    {
        (NullableTypeSyntax nullable, _) => (nullable.ElementType.ToString(), name, "byte", Prefixed("Has", name)),
        (_, { Name: "DateTimeOffset" }) => ("long", name + "Ticks", "short", name + "OffsetMinutes"),
        (_, { Name: "Int128" }) => ("ulong", name + "Low", "long", name + "High"),
        (_, { Name: "UInt128" }) => ("ulong", name + "Low", "ulong", name + "High"),
        _ => null,
    };

    // _value has _hasValue beside it, Value has HasValue.
    private static string Prefixed(string prefix, string name)
        => name.StartsWith("_", StringComparison.Ordinal) ? "_" + prefix.ToLowerInvariant() + MemberEdit.Pascal(name) : prefix + MemberEdit.Pascal(name);
}
