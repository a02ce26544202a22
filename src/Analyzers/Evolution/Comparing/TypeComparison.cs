using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>What it means that something has another type than before: rules 31 to 34 and 36 to 40.</summary>
internal sealed class TypeComparison(Comparison comparison)
{
    /// <summary>Compares the types of two facts about the same thing.</summary>
    /// <param name="before">The old fact.</param>
    /// <param name="after">The new one.</param>
    /// <param name="name">What the facts call the type.</param>
    /// <param name="usage">Where the value travels.</param>
    /// <param name="path">What the thing is called.</param>
    internal void Compare(ContractFact before, ContractFact after, string name, Usage usage, string path)
    {
        var place = new TypePlace(comparison, before, after, usage, path);
        TypeNode declaredBefore = TypeNode.Parse(before[name]!);
        TypeNode declaredAfter = TypeNode.Parse(after[name]!);
        TypeNode wireBefore = TypeNode.Parse(FactTypes.WireOf(before, name));
        TypeNode wireAfter = TypeNode.Parse(FactTypes.WireOf(after, name));
        bool isEnumOfOtherWidth = declaredBefore.Plain().SameAs(declaredAfter.Plain()) && MentionsEnum(declaredBefore) && !wireBefore.SameAs(wireAfter);
        if (isEnumOfOtherWidth || new WireComparison(place).Compare(wireBefore, wireAfter))
        {
            // Nothing of what travels has changed, or the enum itself will be told of.
            CompareDeclared(declaredBefore, declaredAfter, place);
        }
    }

    private bool MentionsEnum(TypeNode type)
        => comparison.Before.Find(FactKind.Enum, type.Name) is not null || type.Arguments.Any(MentionsEnum);

    /// <summary>What C# says about a value that travels as before.</summary>
    private void CompareDeclared(TypeNode before, TypeNode after, TypePlace place)
    {
        if (before.IsNullable != after.IsNullable)
        {
            place.ReportNullability(after.IsNullable, ChangeEffect.Behaviour);
        }

        TypeNode bareBefore = before with { IsNullable = false };
        TypeNode bareAfter = after with { IsNullable = false };
        string nameBefore = bareBefore.ToString();
        string nameAfter = bareAfter.ToString();
        bool wasEnum = comparison.Before.Find(FactKind.Enum, nameBefore) is not null;
        bool isEnum = comparison.After.Find(FactKind.Enum, nameAfter) is not null;
        if (wasEnum && isEnum)
        {
            comparison.Pair(nameBefore, nameAfter);
        }

        if (before.Name == after.Name && before.Arguments.Length == after.Arguments.Length)
        {
            for (int i = 0; i < before.Arguments.Length; i++)
            {
                CompareDeclared(before.Arguments[i], after.Arguments[i], place);
            }
        }
        else if (wasEnum || isEnum)
        {
            place.Report(40, ChangeVerdict.Warning, ChangeEffect.Source, $"its type was {nameBefore} and is {nameAfter} now. Both travel as the same number, but code that is compiled again has to be changed, and nobody checks that the numbers mean the same");
        }
        else if (!place.IsMessage(nameBefore))
        {
            // A renamed message has been told of.
            place.Report(34, ChangeVerdict.Warning, ChangeEffect.Source, $"its type was {nameBefore} and is {nameAfter} now. Both travel in the same form, but code that is compiled again has to be changed");
        }
    }
}

/// <summary>One place where a type stands, to report about.</summary>
internal sealed class TypePlace(Comparison comparison, ContractFact before, ContractFact after, Usage usage, string path)
{
    internal Usage Usage { get; } = usage;

    internal Comparison Comparison { get; } = comparison;

    internal void Report(int rule, ChangeVerdict verdict, ChangeEffect effect, string sentence)
        => Comparison.Add(new ContractChange(rule, verdict, effect, path, sentence) { Before = before, After = after });

    /// <summary>Rules 31 and 32.</summary>
    internal void ReportNullability(bool isNullableNow, ChangeEffect effect)
    {
        if (isNullableNow)
        {
            Report(
                32,
                Comparison.IfServersComeFirst(Usage, Usage.Request),
                effect == ChangeEffect.Behaviour ? effect : ChangeEffect.OldReader,
                $"it may be null now, which processes built before do not expect{Advice(Usage.Request)}");
        }
        else
        {
            Report(
                31,
                Comparison.IfServersComeFirst(Usage, Usage.Response),
                effect == ChangeEffect.Behaviour ? effect : ChangeEffect.NewReader,
                $"it may no longer be null, but processes built before still send null{Advice(Usage.Response)}");
        }
    }

    internal bool IsMessage(string name) => Comparison.Before.Find(FactKind.Message, name) is not null || Comparison.Before.Find(FactKind.Union, name) is not null;

    /// <summary>What to do about a change that is safe in one direction.</summary>
    internal string Advice(Usage safe) => Comparison.IfServersComeFirst(Usage, safe) == ChangeVerdict.Warning
        ? "; update servers before their clients"
        : "; add a new member or method instead";
}
