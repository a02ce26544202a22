using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>
/// Collects what is wrong with one shared struct. Everything is told at the struct's own declaration, however deep it lies; the path in the
/// message says where.
/// </summary>
internal sealed class LayoutProblemList(INamedTypeSymbol root)
{
    private readonly ImmutableArray<LayoutProblem>.Builder _problems = ImmutableArray.CreateBuilder<LayoutProblem>();
    private readonly List<IFieldSymbol> _path = [];
    private int _silent;

    /// <summary>Whether no layout can be made: for what is listed, or for an error that somebody else reports.</summary>
    internal bool IsRefused { get; private set; }

    /// <summary>The struct, or the path of the field that is being looked at.</summary>
    internal string Place => _path.Count == 0 ? TypeNames.Display(root) : string.Join(".", _path.Select(NameOf).Prepend(root.Name));

    /// <summary>Whether the struct itself is being looked at, and nothing in it.</summary>
    internal bool IsAtRoot => _path.Count == 0;

    /// <summary>The name of a field, or of the property before it.</summary>
    internal static string NameOf(IFieldSymbol field) => field.AssociatedSymbol?.Name ?? field.Name;

    internal void Add(LayoutProblemKind kind, params string[] arguments) => AddAt(null, kind, [Place, .. arguments]);

    /// <summary>Adds a problem whose arguments are complete; at the symbol if it belongs to the struct itself.</summary>
    internal void AddAt(ISymbol? symbol, LayoutProblemKind kind, ImmutableArray<string> arguments)
    {
        IsRefused |= kind < LayoutProblemKind.HiddenField;
        if (_silent == 0)
        {
            ISymbol? place = _path.Count == 0 ? symbol ?? root : _path[0].AssociatedSymbol ?? _path[0];
            _problems.Add(new LayoutProblem(kind, place.Locations.FirstOrDefault() ?? Location.None, arguments));
        }
    }

    /// <summary>The compiler reports what is wrong here.</summary>
    internal void Refuse() => IsRefused = true;

    internal void Enter(IFieldSymbol field) => _path.Add(field);

    internal void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>What follows belongs to a struct that reports its own problems.</summary>
    internal void BeginSilence() => _silent++;

    internal void EndSilence() => _silent--;

    internal ImmutableArray<LayoutProblem> ToImmutable() => _problems.ToImmutable();
}
