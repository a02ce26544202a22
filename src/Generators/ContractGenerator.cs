using Contracts.Ipc.Generators.Emitting;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Contracts.Ipc.Generators;

/// <summary>
/// Writes proxy, stubs and MessagePack code of every contract. It reports nothing: what is wrong with a contract is said by the
/// analyzers, which share the parser.
/// </summary>
/// <remarks>
/// Only the transforms see symbols. What leaves them compares by value, so that an edit that changes no contract ends there.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<GeneratorInput> own = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.Service, static (node, _) => node is InterfaceDeclarationSyntax, static (target, token) => Transform(target, ContractParser.Parse, token))
            .WithTrackingName(TrackingNames.Contracts);
        IncrementalValuesProvider<GeneratorInput> foreign = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.ContractFor, static (node, _) => node is ClassDeclarationSyntax, static (target, token) => Transform(target, ContractParser.ParseForeign, token))
            .WithTrackingName(TrackingNames.ForeignContracts);

        // Nearly always empty, and then equal to what it was before: a new contract does not touch the files of the others.
        IncrementalValueProvider<EquatableArray<string>> ambiguous = own.Select(static (input, _) => input.FileName).Collect()
            .Combine(foreign.Select(static (input, _) => input.FileName).Collect())
            .Select(static (names, _) => HintNames.Ambiguous(names.Left.Concat(names.Right).OfType<string>()));

        RegisterContracts(context, own, ambiguous);
        RegisterContracts(context, foreign, ambiguous);
        RegisterFormatters(context, own, foreign);
    }

    private static GeneratorInput Transform(
        GeneratorAttributeSyntaxContext target, Func<INamedTypeSymbol, KnownSymbols, CancellationToken, ParseResult> parse, CancellationToken cancellationToken)
    {
        if (target.TargetSymbol is not INamedTypeSymbol symbol || KnownSymbols.TryCreate(target.SemanticModel.Compilation) is not { } symbols)
        {
            return default;
        }

        ParseResult result = parse(symbol, symbols, cancellationToken);
        return new GeneratorInput(result.Model?.Contract, result.Placeholder, result.Model?.Formatters ?? default);
    }

    private static void RegisterContracts(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<GeneratorInput> inputs,
        IncrementalValueProvider<EquatableArray<string>> ambiguous)
    {
        context.RegisterSourceOutput(
            inputs.Select(static (input, _) => input.Contract).Where(static contract => contract is not null).WithTrackingName(TrackingNames.ContractModels).Combine(ambiguous),
            static (output, input) => output.AddSource(HintNames.Of(input.Left!.Declaration.FileName, input.Right), ContractEmitter.Emit(input.Left)));
        context.RegisterSourceOutput(
            inputs.Select(static (input, _) => input.Placeholder).Where(static placeholder => placeholder is not null).WithTrackingName(TrackingNames.Placeholders).Combine(ambiguous),
            static (output, input) => output.AddSource(HintNames.Of(input.Left!.Declaration.FileName, input.Right), ContractEmitter.EmitPlaceholder(input.Left)));
    }

    // Several contracts reach one type; its formatter is emitted once.
    private static void RegisterFormatters(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GeneratorInput> own, IncrementalValuesProvider<GeneratorInput> foreign)
    {
        IncrementalValuesProvider<FormatterFile> files = own.Select(static (input, _) => input.Formatters).Collect()
            .Combine(foreign.Select(static (input, _) => input.Formatters).Collect())
            .SelectMany(static (all, _) => FormatterFile.Distinct(all.Left.Concat(all.Right)))
            .WithTrackingName(TrackingNames.Formatters);
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, FormatterEmitter.Emit(file.Formatter)));
    }

    private readonly record struct GeneratorInput(ContractModel? Contract, PlaceholderModel? Placeholder, EquatableArray<FormatterModel> Formatters)
    {
        internal string? FileName => (Contract?.Declaration ?? Placeholder?.Declaration)?.FileName;
    }

    private readonly record struct FormatterFile(string HintName, FormatterModel Formatter)
    {
        internal static IEnumerable<FormatterFile> Distinct(IEnumerable<EquatableArray<FormatterModel>> all)
        {
            FormatterModel[] formatters =
            [
                .. all.SelectMany(formatters => formatters)
                    .GroupBy(formatter => formatter.Name, StringComparer.Ordinal)
                    .Select(group => group.First())
                    .OrderBy(formatter => formatter.Name, StringComparer.Ordinal),
            ];
            EquatableArray<string> ambiguous = HintNames.Ambiguous(formatters.Select(FileName));
            return formatters.Select(formatter => new FormatterFile(HintNames.Of(FileName(formatter), ambiguous), formatter));
        }

        // No file of a contract has a hyphen in its name.
        private static string FileName(FormatterModel formatter) => "IpcGenerated-" + formatter.Name;
    }
}
