using Contracts.Ipc.Generators.Emitting;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators;

/// <summary>
/// Writes down how every struct with [SharedLayout] lies in memory. It reports nothing: what is wrong with a struct is said by the analyzers,
/// which share the calculator.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SharedLayoutGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Parsed> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.SharedLayout, static (node, _) => node is StructDeclarationSyntax or RecordDeclarationSyntax, static (target, token) => Transform(target, token))
            .WithTrackingName(TrackingNames.Layouts);
        IncrementalValueProvider<EquatableArray<string>> ambiguous = parsed.Select(static (input, _) => input.FileName).Collect()
            .Select(static (names, _) => HintNames.Ambiguous(names.OfType<string>()));
        context.RegisterSourceOutput(
            parsed.Select(static (input, _) => input.Model).Where(static model => model is not null).WithTrackingName(TrackingNames.LayoutModels).Combine(ambiguous),
            static (output, input) =>
            {
                output.AddSource(HintNames.Of(input.Left!.Declaration.FileName, input.Right), LayoutEmitter.Emit(input.Left));
                output.AddSource(HintNames.OfHeader(input.Left.Declaration.FileName, input.Right), LayoutEmitter.EmitHeader(input.Left));
            });
        context.RegisterSourceOutput(
            parsed.Select(static (input, _) => input.Placeholder).Where(static placeholder => placeholder is not null).WithTrackingName(TrackingNames.LayoutPlaceholders).Combine(ambiguous),
            static (output, input) => output.AddSource(HintNames.Of(input.Left!.Declaration.FileName, input.Right), LayoutEmitter.EmitPlaceholder(input.Left)));
    }

    private static Parsed Transform(GeneratorAttributeSyntaxContext target, CancellationToken cancellationToken)
    {
        if (target.TargetSymbol is not INamedTypeSymbol { TypeKind: TypeKind.Struct } symbol || KnownSymbols.TryCreate(target.SemanticModel.Compilation) is not { } symbols)
        {
            return default;
        }

        LayoutResult result = LayoutParser.Parse(symbol, symbols, cancellationToken);
        return new Parsed(result.Model, result.Placeholder);
    }

    private readonly record struct Parsed(LayoutModel? Model, LayoutPlaceholder? Placeholder)
    {
        internal string? FileName => (Model?.Declaration ?? Placeholder?.Declaration)?.FileName;
    }
}
