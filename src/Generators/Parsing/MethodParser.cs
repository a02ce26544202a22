using System.Globalization;
using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Makes the model of one method.</summary>
internal sealed class MethodParser
{
    // Names that mean something else inside the proxy class: the members of its base and of object.
    private static readonly HashSet<string> TakenInProxy = new(StringComparer.Ordinal)
    {
        "Call", "CallAsync", "Post", "PostAsync", "Target",
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals", "Dispose", "DisposeAsync",
    };

    // Locals and parameters of the code around a stub's and an argument struct's values.
    private static readonly string[] GeneratedLocals = ["service", "call", "arguments", "count", "writer", "next", "value"];

    /// <summary>Three bits of a frame's header.</summary>
    private const int HighestPriority = 7;

    private readonly INamedTypeSymbol _contract;
    private readonly FormatterResolver _resolver;
    private readonly ContractNames _names;
    private readonly IReadOnlyList<AttributeData> _contractFaults;

    internal MethodParser(INamedTypeSymbol contract, FormatterResolver resolver, ContractNames names)
    {
        _contract = contract;
        _resolver = resolver;
        _names = names;
        _contractFaults = [.. contract.FindAttributes(AttributeNames.Fault)];
    }

    private ProblemList Problems => _resolver.Problems;

    internal MethodModel Parse(ContractMethod method)
    {
        IMethodSymbol symbol = method.Symbol;
        Problems.Site = symbol;
        if (symbol.TypeParameters.Length > 0)
        {
            Problems.Add(ProblemKind.MethodGeneric, symbol, symbol.Name);
        }

        if (symbol.ReturnsByRef || symbol.ReturnsByRefReadonly)
        {
            Problems.Add(ProblemKind.ParameterByRef, symbol, "the result", symbol.Name, symbol.ReturnsByRef ? "ref" : "ref readonly");
        }

        (ReturnKind returnKind, ITypeSymbol? resultType) = Classify(symbol.ReturnType);
        Resolution result = resultType is null ? default : ResolveResult(symbol, resultType);
        AttributeData? options = symbol.FindAttribute(AttributeNames.Method);
        int timeout = options.Named<int>("TimeoutMilliseconds");
        bool oneWay = symbol.HasAttribute(AttributeNames.OneWay);
        int priority = options.Named<int>("Priority");
        CheckOptions(symbol, resultType, oneWay, timeout, priority);

        var parameters = new ParameterList(symbol, _resolver);
        parameters.Parse(new UniqueNames(GeneratedLocals));
        Problems.Site = symbol;
        FaultModel[] faults = [.. ParseFaults(symbol)];
        _resolver.Description.AddMethod(
            method.WireName, oneWay, resultType is null ? null : result.Wire, parameters.Wire, faults.Select(fault => fault.WireName));
        _resolver.Declaration.AddMethod(method);
        string identifier = _names.Identifiers.Take(symbol.Name);
        var model = new MethodModel
        {
            Name = TypeNames.Identifier(symbol.Name),
            Identifier = TypeNames.Identifier(identifier),
            ArgumentsName = parameters.Models.Count == 0 ? null : _names.Nested.Take(identifier + "Arguments"),
            WireName = method.WireName,
            ReturnKind = returnKind,
            ReturnTypeName = TypeNames.Signature(symbol.ReturnType),
            Result = resultType is null ? null : result.ToValue(resultType),
            Parameters = parameters.Models.ToEquatableArray(),
            RequiredCount = parameters.RequiredCount,
            CancellationTokenName = parameters.TokenName,
            IsOneWay = oneWay,
            IsIdempotent = options.Named<bool>("Idempotent"),
            TimeoutMilliseconds = timeout,
            Priority = priority,
            Faults = faults.ToEquatableArray(),
            DeclaringTypes = method.DeclaringTypes.Select(type => TypeNames.Canonical(type)).ToEquatableArray(),
            IsInherited = !SymbolEqualityComparer.Default.Equals(symbol.ContainingType, _contract),
            IsExplicit = TakenInProxy.Contains(symbol.Name) || method.IsAmbiguous,
            IsObsoleteError = symbol.FindAttribute("System.ObsoleteAttribute")?.Positional<bool>(1) == true,
        };
        _resolver.Facts?.AddMethod(symbol, model, resultType, result.Wire, parameters.Wire);
        return model;
    }

    private static (ReturnKind Kind, ITypeSymbol? Result) Classify(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void)
        {
            return (ReturnKind.Void, null);
        }

        return type is INamedTypeSymbol named
            ? TypeNames.Metadata(named.OriginalDefinition) switch
            {
                "System.Threading.Tasks.Task" => (ReturnKind.Task, null),
                "System.Threading.Tasks.Task`1" => (ReturnKind.TaskOfValue, named.TypeArguments[0]),
                "System.Threading.Tasks.ValueTask" => (ReturnKind.ValueTask, null),
                "System.Threading.Tasks.ValueTask`1" => (ReturnKind.ValueTaskOfValue, named.TypeArguments[0]),
                _ => (ReturnKind.Value, type),
            }
            : (ReturnKind.Value, type);
    }

    private Resolution ResolveResult(IMethodSymbol method, ITypeSymbol type)
    {
        if (type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method })
        {
            // A generic method has been reported as such.
            return Resolution.Reported;
        }

        Resolution result = _resolver.Resolve(type, method, method.GetReturnTypeAttributes());
        if (result.Reason is { } reason)
        {
            Problems.Add(ProblemKind.ReturnTypeUnsupported, method, method.Name, TypeNames.Display(type), reason);
        }

        return result;
    }

    private void CheckOptions(IMethodSymbol method, ITypeSymbol? result, bool oneWay, int timeout, int priority)
    {
        if (oneWay && result is not null)
        {
            Problems.Add(ProblemKind.OneWayWithResult, method, method.Name, TypeNames.Display(method.ReturnType));
        }

        if (timeout < -1)
        {
            Problems.Add(ProblemKind.TimeoutInvalid, method, method.Name, timeout.ToString(CultureInfo.InvariantCulture));
        }

        if (priority is < 0 or > HighestPriority)
        {
            Problems.Add(ProblemKind.PriorityInvalid, method, method.Name, priority.ToString(CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<FaultModel> ParseFaults(IMethodSymbol method)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (AttributeData attribute in method.FindAttributes(AttributeNames.Fault).Concat(_contractFaults))
        {
            if (attribute.Positional<ITypeSymbol>(0) is not { } type || !seen.Add(TypeNames.Wire(type)))
            {
                continue;
            }

            Resolution detail = _resolver.Resolve(type);
            if (detail.Reason is { } reason)
            {
                Problems.Add(ProblemKind.FaultTypeUnsupported, method, TypeNames.Display(type), reason);
            }

            yield return new FaultModel(TypeNames.Wire(type), detail.ToValue(type));
        }
    }
}
