using System.Collections.Immutable;
using Contracts.Ipc.Generators.Evolution;
using Contracts.Ipc.Generators.Model;
using Contracts.Ipc.Generators.Parsing.Declarations;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Decides what a valid contract is. Generator and analyzers compile this same source, so that what the one refuses the other
/// explains.
/// </summary>
internal static class ContractParser
{
    /// <summary>Parses an interface that carries [IpcService].</summary>
    internal static ParseResult Parse(INamedTypeSymbol contract, KnownSymbols symbols, CancellationToken cancellationToken)
        => Parse(contract, symbols, withFacts: false, cancellationToken);

    /// <summary>The same, and what a baseline says of the contract.</summary>
    internal static ParseResult ParseWithFacts(INamedTypeSymbol contract, KnownSymbols symbols, CancellationToken cancellationToken)
        => Parse(contract, symbols, withFacts: true, cancellationToken);

    /// <summary>Parses a static class that carries [IpcContractFor].</summary>
    internal static ParseResult ParseForeign(INamedTypeSymbol holder, KnownSymbols symbols, CancellationToken cancellationToken)
        => ParseForeign(holder, symbols, withFacts: false, cancellationToken);

    /// <summary>The same, and what a baseline says of the contract.</summary>
    internal static ParseResult ParseForeignWithFacts(INamedTypeSymbol holder, KnownSymbols symbols, CancellationToken cancellationToken)
        => ParseForeign(holder, symbols, withFacts: true, cancellationToken);

    private static ParseResult Parse(INamedTypeSymbol contract, KnownSymbols symbols, bool withFacts, CancellationToken cancellationToken)
    {
        var problems = new ProblemList(symbols.Compilation, contract);
        ContractShape.Check(contract, symbols, problems);
        if (IsOpen(contract))
        {
            // What its members mention are type parameters: nothing more to say about them.
            return new ParseResult(null, null, problems.ToImmutable());
        }

        return TryParse(contract, contract, contract.FindAttribute(AttributeNames.Service), symbols, problems, withFacts, cancellationToken)
            ?? Parse(symbols.WithAllMembers.Again(contract), symbols.WithAllMembers, withFacts, cancellationToken);
    }

    private static ParseResult ParseForeign(INamedTypeSymbol holder, KnownSymbols symbols, bool withFacts, CancellationToken cancellationToken)
    {
        var problems = new ProblemList(symbols.Compilation, holder);
        AttributeData? attribute = holder.FindAttribute(AttributeNames.ContractFor);
        var named = attribute?.Positional<ITypeSymbol>(0);
        if (named is { TypeKind: TypeKind.Error })
        {
            // The compiler says what is wrong.
            return new ParseResult(null, null, []);
        }

        ContractShape.Check(holder, symbols, problems);
        if (named is not INamedTypeSymbol { TypeKind: TypeKind.Interface, IsUnboundGenericType: false } contract || !holder.IsStatic)
        {
            problems.Add(ProblemKind.ForeignContractInvalid, holder, TypeNames.Display(holder), named is null ? "null" : TypeNames.Display(named));
            return new ParseResult(null, null, problems.ToImmutable());
        }

        if (contract.HasAttribute(AttributeNames.Service))
        {
            problems.Add(ProblemKind.ForeignContractIsContract, holder, TypeNames.Display(holder), TypeNames.Display(contract));
        }

        if (!symbols.Compilation.IsSymbolAccessibleWithin(contract, holder))
        {
            problems.Add(ProblemKind.ContractInaccessible, holder, TypeNames.Display(contract));
        }

        return TryParse(contract, holder, attribute, symbols, problems, withFacts, cancellationToken)
            ?? ParseForeign(symbols.WithAllMembers.Again(holder), symbols.WithAllMembers, withFacts, cancellationToken);
    }

    /// <summary>Null if the contract reaches message types whose members cannot all be seen.</summary>
    private static ParseResult? TryParse(
        INamedTypeSymbol contract,
        INamedTypeSymbol declaration,
        AttributeData? attribute,
        KnownSymbols symbols,
        ProblemList problems,
        bool withFacts,
        CancellationToken cancellationToken)
    {
        string wireName = ContractShape.WireName(contract, attribute, declaration, problems);
        var description = new ContractDescription();
        var declared = new ContractDeclaration(contract);
        FactRecorder? facts = withFacts ? new FactRecorder(symbols, cancellationToken) : null;
        facts?.AddContract(wireName, contract, declaration, attribute.Named<bool>("Signals"));
        var resolver = new FormatterResolver(symbols, problems, description, declared, cancellationToken) { Facts = facts };
        var gathered = new ContractMethods(contract, wireName, symbols, problems);
        IReadOnlyList<ContractMethod> methods = gathered.Collect();
        var names = new ContractNames(declaration, methods);
        var parser = new MethodParser(contract, resolver, names);
        MethodModel[] models = [.. methods.Select(parser.Parse)];
        if (resolver.MetHiddenMembers)
        {
            return null;
        }

        bool signals = attribute.Named<bool>("Signals");
        if (signals)
        {
            SignalShape.Check(contract, declaration, methods, problems);
            declared.TravelsAsSignals = true;
        }

        DeclarationModel extended = Extended(contract, declaration);
        if (problems.Count > 0 || resolver.MetCompilerError)
        {
            bool canStandIn = ContractShape.CanExtend(declaration, symbols) && symbols.Compilation.IsSymbolAccessibleWithin(contract, declaration);
            return new ParseResult(null, canStandIn ? new PlaceholderModel(extended) : null, problems.ToImmutable());
        }

        EquatableArray<string> lines = description.ToLines(wireName);
        var model = new ContractModel
        {
            Declaration = extended,
            WireName = wireName,
            Description = lines,
            Declared = declared.ToLines(wireName),
            Fingerprint = Fnv1a.Hash(string.Join("\n", lines)),
            ProxyName = names.Proxy,
            MethodsName = names.Methods,
            StubsName = names.Stubs,
            TravelsAsSignals = signals,
            Methods = models.ToEquatableArray(),
            MethodOrder = models.OrderBy(method => method.WireName, StringComparer.Ordinal).Select(method => method.Identifier).ToEquatableArray(),
            Bases = gathered.Bases.Select(type => TypeNames.Canonical(type)).ToEquatableArray(),
            IsDisposable = gathered.IsDisposable,
            IsAsyncDisposable = gathered.IsAsyncDisposable,
        };
        facts?.AddFingerprint(model.Fingerprint, declaration);
        return new ParseResult(new ContractUnit(model, resolver.Emitted.ToEquatableArray()), null, []) { Declaration = declared, Facts = facts?.Facts };
    }

    private static bool IsOpen(INamedTypeSymbol contract)
        => contract.TypeArguments.Any(argument => argument.TypeKind == TypeKind.TypeParameter)
            || (contract.ContainingType is { } outer && IsOpen(outer));

    private static DeclarationModel Extended(INamedTypeSymbol contract, INamedTypeSymbol declaration)
    {
        bool isForeign = !SymbolEqualityComparer.Default.Equals(contract, declaration);
        return new DeclarationModel
        {
            FileName = TypeNames.Metadata(declaration).Replace('+', '.'),
            Namespace = ContractShape.Namespace(declaration),
            Containers = ContractShape.Containers(declaration),
            Header = (isForeign ? "static partial class " : "partial interface ") + TypeNames.DeclaredIdentifier(declaration.Name),
            IsForeign = isForeign,
            ContractName = TypeNames.Canonical(contract),
            DisplayName = TypeNames.Display(contract),
        };
    }
}
