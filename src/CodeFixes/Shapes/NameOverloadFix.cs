using System.Collections.Immutable;
using System.Composition;
using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.CodeFixes.Editing;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Contracts.Ipc.CodeFixes.Shapes;

/// <summary>Gives an overload a name of its own on the wire, made of the types of its parameters: IPC1017.</summary>
/// <remarks>The first overload keeps the plain name, so that processes built before there were two still find it.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameOverloadFix)), Shared]
public sealed class NameOverloadFix : SyntaxFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ContractRules.WireNameRepeated.Id];

    private protected override IEnumerable<FixOffer> Offer(FixTarget target)
    {
        if (target.Find<MethodDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax } method
            || target.Model.GetDeclaredSymbol(method) is not { } symbol)
        {
            yield break;
        }

        AttributeSyntax? attribute = method.FindAttribute(target.Model, AttributeNames.Method);
        if (attribute?.FindNamed("Name") is not null)
        {
            // Two methods were given one name on purpose: only their author knows which is meant.
            yield break;
        }

        string name = FreeName(symbol);
        AttributeArgumentSyntax argument = AttributeArgumentEdit.Text("Name", name);
        yield return new FixOffer(
            $"Name it '{name}' on the wire",
            nameof(NameOverloadFix),
            editor =>
            {
                if (attribute is null)
                {
                    editor.ReplaceNode(method, (current, _) => current.WithAttribute(AttributeArgumentEdit.Attribute("IpcMethod", argument)));
                }
                else
                {
                    editor.ReplaceNode(attribute, (current, _) => ((AttributeSyntax)current).AddArgumentListArguments(argument));
                }
            });
    }

    /// <summary>The method's name and the types of its parameters: <c>AddInt32String</c>.</summary>
    private static string FreeName(IMethodSymbol method)
    {
        string name = method.Name + string.Concat(method.Parameters.Where(parameter => parameter.Type.Name != nameof(CancellationToken)).Select(parameter => Describe(parameter.Type)));
        HashSet<string> taken =
        [
            .. method.ContainingType.GetMembers().OfType<IMethodSymbol>()
                .Where(other => !SymbolEqualityComparer.Default.Equals(other, method))
                .Select(other => other.FindAttribute(AttributeNames.Method).Named<string>("Name") ?? other.Name),
            .. Reservations.Of(method.ContainingType).Select(reservation => reservation.Name).OfType<string>(),
        ];
        string free = name;
        for (int i = 2; taken.Contains(free); i++)
        {
            free = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static string Describe(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Describe(array.ElementType) + "Array",
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.Name + string.Concat(generic.TypeArguments.Select(Describe)),
        _ => type.Name,
    };
}
