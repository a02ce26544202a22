using Contracts.Ipc.Analyzers.Rules;
using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Messages;

/// <summary>An enum whose default is none of its values: IPC2020.</summary>
internal static class EnumAdvice
{
    /// <remarks>Only closed ones: an open enum takes 0 as it takes every other number.</remarks>
    internal static void Check(INamedTypeSymbol type, EnumValues values, Advice advice)
    {
        if (values.Openness == EnumOpenness.Closed && !values.Ranges.Any(range => range is { First: <= 0, Last: >= 0 }))
        {
            advice.Report(MessageAdviceRules.EnumWithoutZero, type, type.Name);
        }
    }
}
