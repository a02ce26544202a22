using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>The rules for contracts that may travel as signals: a signal says which method is called, and nothing else.</summary>
internal static class SignalShape
{
    /// <summary>How many real-time signals are left to a .NET program with every C library: SIGRTMIN + 1 to SIGRTMAX on musl, one less than on glibc.</summary>
    internal const int MaximumMethods = 29;

    private const string CancellationToken = "System.Threading.CancellationToken";

    internal static void Check(INamedTypeSymbol contract, ISymbol declaration, IReadOnlyList<ContractMethod> methods, ProblemList problems)
    {
        string name = TypeNames.Display(contract);
        foreach (ContractMethod method in methods)
        {
            IMethodSymbol symbol = method.Symbol;
            problems.Site = symbol;
            if (!symbol.HasAttribute(AttributeNames.OneWay))
            {
                problems.Add(ProblemKind.SignalNotOneWay, symbol, symbol.Name, name);
            }

            foreach (IParameterSymbol parameter in symbol.Parameters.Where(parameter => !IsToken(parameter.Type)))
            {
                problems.Add(ProblemKind.SignalWithParameter, parameter, parameter.Name, symbol.Name, name);
            }
        }

        problems.Site = declaration;
        if (methods.Count > MaximumMethods)
        {
            problems.Add(
                ProblemKind.SignalsTooMany,
                declaration,
                name,
                methods.Count.ToString(CultureInfo.InvariantCulture),
                MaximumMethods.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static bool IsToken(ITypeSymbol type) => type is INamedTypeSymbol named && TypeNames.Metadata(named) == CancellationToken;
}
