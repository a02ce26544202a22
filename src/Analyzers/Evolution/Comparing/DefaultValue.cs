using System.Text.RegularExpressions;
using Contracts.Ipc.Generators.Evolution;

namespace Contracts.Ipc.Analyzers.Evolution;

/// <summary>Compares default values: by what they are, not by how they are spelled for their type.</summary>
internal static class DefaultValue
{
    private const string Zero = "0";

    internal static bool Same(ContractFact before, ContractFact after)
    {
        string old = Of(before);
        string now = Of(after);

        // Who had no constant and says so now, or the other way round, is believed.
        return old == now || old == "initialized" || now == "initialized";
    }

    private static string Of(ContractFact fact)
    {
        if (fact.Has("initialized"))
        {
            return "initialized";
        }

        // What is not said is zero, false or null.
        string text = fact["default"] ?? Zero;
        text = Regex.Replace(text, @"^\(s?byte\)\((.*)\)$|^\(u?short\)\((.*)\)$", "$1$2");
        text = Regex.Replace(text, @"^(-?[0-9.]+(?:E[+-]?[0-9]+)?)(?:UL|[LUFDM])$", "$1");
        return text is "null" or "false" or "'\\0'" or "0.0" or "-0" ? Zero : text;
    }
}
