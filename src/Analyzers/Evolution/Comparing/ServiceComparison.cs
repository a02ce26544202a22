using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Contracts and which methods they have: rules 1 to 7 and 14.</summary>
internal sealed class ServiceComparison(Comparison comparison, MethodComparison methods)
{
    internal void Compare()
    {
        ContractFact[] added = [.. comparison.After.Of(FactKind.Contract).Where(contract => comparison.Before.Find(contract.Subject) is null)];
        foreach (ContractFact before in comparison.Before.Of(FactKind.Contract))
        {
            if (comparison.After.Find(before.Subject) is { } after)
            {
                Compare(before, after);
            }
            else
            {
                ReportGone(before, added);
            }
        }
    }

    private void ReportGone(ContractFact before, ContractFact[] added)
    {
        ContractFact[] candidates = [.. added.Where(contract => HasSameMethods(before.Owner, contract.Owner))];
        if (candidates.Length == 1)
        {
            ContractFact renamed = candidates[0];
            comparison.Add(new ContractChange(
                2,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                renamed.Owner,
                $"it was called {before.Owner} on the wire, and under that name processes built before look for it; pin the name: Name = \"{before.Owner}\"")
            {
                Before = before,
                After = renamed,
                Remedy = before.Owner,
            });
            return;
        }

        comparison.Add(new ContractChange(
            1,
            ChangeVerdict.Breaking,
            ChangeEffect.Both,
            before.Owner,
            "it is gone, and calls of processes built before fail; keep it, marked [Obsolete], until none of them is left")
        {
            Before = before,
        });
    }

    private bool HasSameMethods(string ownerBefore, string ownerAfter)
    {
        string[] before = [.. comparison.Before.Of(FactKind.Method, ownerBefore).Select(method => method.Key)];
        string[] after = [.. comparison.After.Of(FactKind.Method, ownerAfter).Select(method => method.Key)];
        return before.Length > 0 && before.SequenceEqual(after, StringComparer.Ordinal);
    }

    private void Compare(ContractFact before, ContractFact after)
    {
        if (before["source"] != after["source"])
        {
            comparison.Add(new ContractChange(
                2,
                ChangeVerdict.Warning,
                ChangeEffect.Source,
                after.Owner,
                $"its interface was called {before["source"] ?? before.Owner} and is called {after["source"] ?? after.Owner} now; the name on the wire is kept, but code that is compiled again has to be changed")
            {
                Before = before,
                After = after,
            });
        }

        if (before.Has("signals") != after.Has("signals"))
        {
            bool gone = before.Has("signals");
            comparison.Add(new ContractChange(
                14,
                gone ? ChangeVerdict.Breaking : ChangeVerdict.Compatible,
                gone ? ChangeEffect.Both : ChangeEffect.None,
                after.Owner,
                gone ? "it no longer travels as signals, but processes built before send them; keep Signals = true" : "it may travel as signals now")
            {
                Before = before,
                After = after,
            });
        }

        CompareMethods(before.Owner);
    }

    private void CompareMethods(string contract)
    {
        IReadOnlyList<ContractFact> old = comparison.Before.Of(FactKind.Method, contract);
        IReadOnlyList<ContractFact> now = comparison.After.Of(FactKind.Method, contract);
        List<ContractFact> gone = [.. old.Where(method => now.All(other => other.Key != method.Key))];
        List<ContractFact> added = [.. now.Where(method => old.All(other => other.Key != method.Key))];
        foreach (ContractFact before in gone)
        {
            // Only what looks like one method on both sides, and like no other, has been renamed.
            ContractFact[] candidates = [.. added.Where(method => MethodComparison.Signature(comparison.After, method) == MethodComparison.Signature(comparison.Before, before))];
            bool isAlone = gone.Count(method => MethodComparison.Signature(comparison.Before, method) == MethodComparison.Signature(comparison.Before, before)) == 1;
            if (candidates.Length == 1 && isAlone && comparison.After.Find(FactKind.Reserved, contract, before.Key) is null)
            {
                added.Remove(candidates[0]);
                ReportRenamed(before, candidates[0]);
            }
            else
            {
                ReportGone(before);
            }
        }

        foreach (ContractFact method in added)
        {
            ReportAdded(method, now);
        }

        foreach (ContractFact before in old)
        {
            if (now.FirstOrDefault(method => method.Key == before.Key) is { } after)
            {
                methods.Compare(before, after);
            }
        }
    }

    private void ReportRenamed(ContractFact before, ContractFact after)
    {
        string name = FactSyntax.Unquote(before.Key);
        comparison.Add(new ContractChange(
            5,
            ChangeVerdict.Breaking,
            ChangeEffect.Both,
            MethodComparison.PathOf(after),
            $"it was called {name} on the wire, and under that name processes built before call it; pin the name: [IpcMethod(Name = \"{name}\")]")
        {
            Before = before,
            After = after,
            Remedy = name,
        });
    }

    private void ReportGone(ContractFact before)
    {
        string name = FactSyntax.Unquote(before.Key);
        ContractFact? reservation = Comparison.Reserved(comparison.After, before.Owner, before.Key, name, ofMethods: true);
        bool reserved = reservation is not null;
        comparison.Add(new ContractChange(
            4,
            reserved ? ChangeVerdict.Warning : ChangeVerdict.Breaking,
            ChangeEffect.Both,
            MethodComparison.PathOf(before),
            reserved
                ? "it is gone, and processes built before that call it are told that it is not implemented"
                : $"it is gone, and processes built before still call it. Keep it, marked [Obsolete]; or reserve its name, so that it never means anything else: [IpcReserved(\"{name}\")]")
        {
            Before = before,
            Reservation = reservation,
            Remedy = $"\"{name}\"",
        });
    }

    private void ReportAdded(ContractFact method, IReadOnlyList<ContractFact> all)
    {
        string path = MethodComparison.PathOf(method);
        string name = FactSyntax.Unquote(method.Key);
        if (Comparison.Reserved(comparison.Before, method.Owner, method.Key, name, ofMethods: true) is not null)
        {
            comparison.Add(new ContractChange(
                6,
                ChangeVerdict.Breaking,
                ChangeEffect.Both,
                path,
                $"its name {name} is reserved: processes built before know another method by it. Choose another name on the wire")
            {
                After = method,
            });
            return;
        }

        ContractFact? overload = all.FirstOrDefault(other => other != method && MethodComparison.NameOf(other) == MethodComparison.NameOf(method) && methods.AcceptsAlike(other, method));
        comparison.Add(overload is null
            ? new ContractChange(3, ChangeVerdict.Compatible, ChangeEffect.Source, path, "it is new; servers built before answer that it is not implemented, and classes that implement the contract have to be extended") { After = method }
            : new ContractChange(
                7,
                ChangeVerdict.Warning,
                ChangeEffect.Source,
                path,
                $"it takes as many arguments as the other {MethodComparison.NameOf(method)}, so that calls in code that is compiled again may become ambiguous; give it a name of its own")
            {
                After = method,
            });
    }
}
