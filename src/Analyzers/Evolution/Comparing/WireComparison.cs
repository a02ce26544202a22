using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Compares what travels: rules 31 to 33 and 36 to 39.</summary>
internal sealed class WireComparison(TypePlace place)
{
    private readonly Comparison _comparison = place.Comparison;

    /// <summary>Whether everything travels as before, apart from messages that may have changed within.</summary>
    internal bool Compare(TypeNode before, TypeNode after)
    {
        bool same = true;
        if (before.IsNullable != after.IsNullable)
        {
            place.ReportNullability(after.IsNullable, after.IsNullable ? ChangeEffect.OldReader : ChangeEffect.NewReader);
            same = false;
        }

        TypeNode bareBefore = before with { IsNullable = false };
        TypeNode bareAfter = after with { IsNullable = false };
        if (IsType(_comparison.Before, bareBefore) && IsType(_comparison.After, bareAfter))
        {
            return CompareTypes(bareBefore, bareAfter) && same;
        }

        string nameBefore = Normal(before.Name);
        string nameAfter = Normal(after.Name);
        if (nameBefore != nameAfter)
        {
            Different(bareBefore, bareAfter);
            return false;
        }

        if (before.Arguments.Length != after.Arguments.Length)
        {
            place.Report(36, ChangeVerdict.Breaking, ChangeEffect.Both, $"it had {before.Arguments.Length} parts and has {after.Arguments.Length} now, and their number is part of the form; add a new member or method instead");
            return false;
        }

        if (nameBefore is "custom" or "packed")
        {
            // What is inside is not known, or lies there as bytes.
            if (!before.SameAs(after))
            {
                Different(bareBefore, bareAfter);
                return false;
            }

            return same;
        }

        for (int i = 0; i < before.Arguments.Length; i++)
        {
            same &= Compare(before.Arguments[i], after.Arguments[i]);
        }

        return same;
    }

    private bool CompareTypes(TypeNode before, TypeNode after)
    {
        string nameBefore = before.ToString();
        string nameAfter = after.ToString();
        _comparison.Pair(nameBefore, nameAfter);
        if (nameBefore == nameAfter)
        {
            return true;
        }

        // Names of types do not travel: what they hold decides, and is compared.
        bool isGeneric = before.Name == after.Name;
        place.Report(
            isGeneric ? 36 : 2,
            ChangeVerdict.Warning,
            ChangeEffect.Source,
            $"its type was {nameBefore} and is {nameAfter} now. The name does not travel, so what matters is what the type holds; code that is compiled again has to be changed");
        return false;
    }

    private void Different(TypeNode before, TypeNode after)
    {
        string was = $"it was {before} on the wire and is {after} now";
        switch (WireNumbers.Compare(before.Name, after.Name))
        {
            case NumberChange.Same:
                place.Report(39, ChangeVerdict.Breaking, ChangeEffect.Behaviour, $"{was}. Both travel as the same number, which is read without an error and means something else. Add a new member or method instead");
                break;
            case NumberChange.Widened:
                place.Report(
                    37,
                    Comparison.IfServersComeFirst(place.Usage, Usage.Request),
                    ChangeEffect.OldReader,
                    $"{was}; a process built before refuses values that do not fit its type{place.Advice(Usage.Request)}");
                break;
            case NumberChange.MorePrecise:
                place.Report(
                    38,
                    Comparison.IfServersComeFirst(place.Usage, Usage.Request),
                    ChangeEffect.Behaviour,
                    $"{was}; a process built before loses what its type cannot hold{place.Advice(Usage.Request)}");
                break;
            case NumberChange.LessPrecise:
                place.Report(38, ChangeVerdict.Breaking, ChangeEffect.Behaviour, $"{was}; what a process built before sends loses digits or becomes infinite. Add a new member or method instead");
                break;
            case NumberChange.Narrowed:
                place.Report(37, ChangeVerdict.Breaking, ChangeEffect.NewReader, $"{was}; what a process built before sends may not fit any more and is refused. Add a new member or method instead");
                break;
            case NumberChange.Shifted:
                place.Report(37, ChangeVerdict.Breaking, ChangeEffect.Both, $"{was}; each side may send what does not fit the other's type. Add a new member or method instead");
                break;
            case NumberChange.None when IsCollection(before) != IsCollection(after) || IsCollection(before):
                place.Report(33, ChangeVerdict.Breaking, ChangeEffect.Both, $"{was}; one value and several have different forms, and so have lists and maps. Add a new member or method instead");
                break;
            default:
                place.Report(39, ChangeVerdict.Breaking, ChangeEffect.Both, $"{was}; old and new processes do not understand each other's form. Add a new member or method instead");
                break;
        }
    }

    // A pair travels as a tuple of two.
    private static string Normal(string name) => name == "pair" ? "tuple" : name;

    private static bool IsCollection(TypeNode type) => type.Name is "array" or "map" || type.Name.StartsWith("array", StringComparison.Ordinal);

    private static bool IsType(ContractFactSet facts, TypeNode type)
    {
        string name = type.ToString();
        return facts.Find(FactKind.Message, name) is not null || facts.Find(FactKind.Union, name) is not null;
    }
}
