using Contracts.Ipc.Generators.Parsing.Layouts;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Rules;

/// <summary>One rule for each kind of problem that the layout calculator finds, so that nothing is refused without an explanation.</summary>
internal static class LayoutProblemRules
{
    internal static DiagnosticDescriptor For(LayoutProblemKind kind) => kind switch
    {
        LayoutProblemKind.LanguageVersionTooOld => ContractRules.LanguageVersionTooOld,
        LayoutProblemKind.NotPartial => LayoutRules.NotPartial,
        LayoutProblemKind.ContainingTypeNotPartial => LayoutRules.ContainingTypeNotPartial,
        LayoutProblemKind.Inaccessible => LayoutRules.Inaccessible,
        LayoutProblemKind.Generic => LayoutRules.Generic,
        LayoutProblemKind.Empty => LayoutRules.Empty,
        LayoutProblemKind.AutoLayout => LayoutRules.AutoLayout,
        LayoutProblemKind.FieldsInSeveralParts => LayoutRules.FieldsInSeveralParts,
        LayoutProblemKind.PrimaryConstructor => LayoutRules.PrimaryConstructor,
        LayoutProblemKind.SizeNotAligned => LayoutRules.SizeNotAligned,
        LayoutProblemKind.SizeTooSmall => LayoutRules.SizeTooSmall,
        LayoutProblemKind.TooLarge => LayoutRules.TooLarge,
        LayoutProblemKind.MarshallingAttribute => LayoutRules.MarshallingAttribute,
        LayoutProblemKind.Reference => LayoutRules.Reference,
        LayoutProblemKind.Address => LayoutRules.Address,
        LayoutProblemKind.ProcessLocal => LayoutRules.ProcessLocal,
        LayoutProblemKind.DateAndTime => LayoutRules.DateAndTime,
        LayoutProblemKind.Tuple => LayoutRules.Tuple,
        LayoutProblemKind.NullableValue => LayoutRules.NullableValue,
        LayoutProblemKind.Vector => LayoutRules.Vector,
        LayoutProblemKind.Unknown => LayoutRules.Unknown,
        LayoutProblemKind.Overlap => LayoutRules.Overlap,
        LayoutProblemKind.OffsetNotAligned => LayoutRules.OffsetNotAligned,
        LayoutProblemKind.HiddenField => LayoutRules.HiddenField,
        LayoutProblemKind.PackedField => LayoutRules.PackedField,
        LayoutProblemKind.EnumWithoutBase => LayoutRules.EnumWithoutBase,
        LayoutProblemKind.Boolean => LayoutRules.Boolean,
        LayoutProblemKind.Character => LayoutRules.Character,
        LayoutProblemKind.Decimal => LayoutRules.Decimal,
        LayoutProblemKind.WideInteger => LayoutRules.WideInteger,
        LayoutProblemKind.Conditional => LayoutRules.Conditional,
        LayoutProblemKind.Initializer => LayoutRules.Initializer,
        LayoutProblemKind.Disposable => LayoutRules.Disposable,
        LayoutProblemKind.Padding => LayoutAdvice.Padding,
        LayoutProblemKind.PackWithoutEffect => LayoutAdvice.PackWithoutEffect,
        LayoutProblemKind.LargeByValue => LayoutAdvice.LargeByValue,
        LayoutProblemKind.StaticField => LayoutAdvice.StaticField,
        LayoutProblemKind.ReadOnlyField => LayoutAdvice.ReadOnlyField,
        LayoutProblemKind.ProcessLocalName => LayoutAdvice.ProcessLocalName,
        LayoutProblemKind.ProcessIdAlone => LayoutAdvice.ProcessIdAlone,
        LayoutProblemKind.Secret => LayoutAdvice.Secret,
        LayoutProblemKind.EnumWithoutZero => LayoutAdvice.EnumWithoutZero,
        LayoutProblemKind.ForeignLength => LayoutAdvice.ForeignLength,
        LayoutProblemKind.UnmarkedStruct => LayoutAdvice.UnmarkedStruct,
        LayoutProblemKind.UncheckedBits => LayoutAdvice.UncheckedBits,
        LayoutProblemKind.AtomicNotAligned => LayoutAdvice.AtomicNotAligned,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Give the new kind of problem a rule and a page."),
    };
}
