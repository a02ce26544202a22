namespace Contracts.Ipc.Generators;

/// <summary>The steps of the generator, as tests of its caching know them.</summary>
internal static class TrackingNames
{
    internal const string Contracts = nameof(Contracts);
    internal const string ForeignContracts = nameof(ForeignContracts);
    internal const string ContractModels = nameof(ContractModels);
    internal const string Placeholders = nameof(Placeholders);
    internal const string Formatters = nameof(Formatters);
    internal const string Layouts = nameof(Layouts);
    internal const string LayoutModels = nameof(LayoutModels);
    internal const string LayoutPlaceholders = nameof(LayoutPlaceholders);
}
