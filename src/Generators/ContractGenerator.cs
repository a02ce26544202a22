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

        Register(context, own);
        Register(context, foreign);
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

    private static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GeneratorInput> inputs)
    {
        context.RegisterSourceOutput(
            inputs.Select(static (input, _) => input.Contract).WithTrackingName(TrackingNames.ContractModels),
            static (output, contract) =>
            {
                if (contract is not null)
                {
                    output.AddSource(contract.Declaration.HintName + ".g.cs", ContractEmitter.Emit(contract));
                }
            });
        context.RegisterSourceOutput(
            inputs.Select(static (input, _) => input.Placeholder).WithTrackingName(TrackingNames.Placeholders),
            static (output, placeholder) =>
            {
                if (placeholder is not null)
                {
                    output.AddSource(placeholder.Declaration.HintName + ".g.cs", ContractEmitter.EmitPlaceholder(placeholder));
                }
            });
    }

    // Several contracts reach one type; its formatter is emitted once.
    private static void RegisterFormatters(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GeneratorInput> own, IncrementalValuesProvider<GeneratorInput> foreign)
    {
        IncrementalValuesProvider<FormatterModel> formatters = own.Select(static (input, _) => input.Formatters).Collect()
            .Combine(foreign.Select(static (input, _) => input.Formatters).Collect())
            .SelectMany(static (all, _) => all.Left.Concat(all.Right)
                .SelectMany(formatters => formatters)
                .GroupBy(formatter => formatter.Name, StringComparer.Ordinal)
                .Select(group => group.First())
                .OrderBy(formatter => formatter.Name, StringComparer.Ordinal))
            .WithTrackingName(TrackingNames.Formatters);
        context.RegisterSourceOutput(
            formatters,
            static (output, formatter) => output.AddSource(formatter.Namespace + "." + formatter.Name + ".g.cs", FormatterEmitter.Emit(formatter)));
    }

    private readonly record struct GeneratorInput(ContractModel? Contract, PlaceholderModel? Placeholder, EquatableArray<FormatterModel> Formatters);
}
