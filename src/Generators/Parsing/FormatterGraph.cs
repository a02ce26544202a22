using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// The formatters to emit and who calls whom. Those on a cycle count their depth while they write, so that an object that
/// contains itself ends in an error and not in a stack overflow.
/// </summary>
internal sealed class FormatterGraph
{
    private readonly SortedDictionary<string, FormatterModel> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _calls = new(StringComparer.Ordinal);

    internal void Add(FormatterModel model, IEnumerable<Resolution> parts)
    {
        _models[model.Name] = model;
        _calls[model.Name] = [.. parts.SelectMany(part => part.Uses)];
    }

    /// <summary>The models in the order of their names.</summary>
    internal IEnumerable<FormatterModel> ToModels()
        => _models.Values.Select(model => Reaches(model.Name, model.Name) ? model with { IsRecursive = true } : model);

    // Every member of a cycle is marked, not only the one where the search closed it: which one that is depends on the contract
    // from which the search started, and two contracts must agree on the formatters that they share.
    private bool Reaches(string from, string target)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>();
        pending.Push(from);
        while (pending.Count > 0)
        {
            if (!_calls.TryGetValue(pending.Pop(), out HashSet<string>? calls))
            {
                continue;
            }

            foreach (string next in calls)
            {
                if (next == target)
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }
}
