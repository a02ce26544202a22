using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>A local that holds a copy of a value in shared memory. Analyzers and code fixes find it by the same steps.</summary>
/// <param name="Local">The copy.</param>
/// <param name="Source">What it was copied from: a call of <c>Read</c> or <c>TryRead</c>, or a property of a guard.</param>
/// <param name="Owner">The variable of the segment or guard, if it has one.</param>
/// <param name="IsGuarded">Whether it was copied from the <c>Value</c> of a guard, so that a <c>ref</c> to it would do what was meant.</param>
internal sealed record SharedCopy(ILocalSymbol Local, IOperation Source, ISymbol? Owner, bool IsGuarded)
{
    /// <summary>The copy that this operation makes, if it reads shared memory into a local.</summary>
    internal static SharedCopy? Of(IOperation operation, SharedApi api)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.Name: "Read", Instance: { } segment } read when api.KindOf(read.TargetMethod.ContainingType) == SharedKind.Segment:
                return Create(read.DeclaredLocal(), read, segment, isGuarded: false);

            case IInvocationOperation { TargetMethod.Name: "TryRead", Instance: { } segment } read when api.KindOf(read.TargetMethod.ContainingType) == SharedKind.Segment:
                return Create(read.Arguments[0].OutLocal(), read, segment, isGuarded: false);

            case IPropertyReferenceOperation { Property.Name: "Value" or "Published" or "LeftBehind", Instance: { } guard } property
                when api.KindOf(property.Property.ContainingType) == SharedKind.SegmentGuard:
                return Create(property.DeclaredLocal(), property, guard, property.Property.Name == "Value");

            default:
                return null;
        }
    }

    private static SharedCopy? Create(ILocalSymbol? local, IOperation source, IOperation owner, bool isGuarded)
        => local is { RefKind: RefKind.None } ? new SharedCopy(local, source, owner.Variable(), isGuarded) : null;
}

/// <summary>What is done at one place that names a copy.</summary>
internal enum CopyUseKind
{
    /// <summary>A member is read, or something that changes nothing is done with all of it.</summary>
    Read,

    /// <summary>A member is set, by a statement that does nothing else.</summary>
    MemberWrite,

    /// <summary>All of it goes somewhere else, or may be changed by somebody else.</summary>
    Whole,
}

/// <summary>One place that names a copy.</summary>
/// <param name="Reference">The local.</param>
/// <param name="Member">The member of it that is meant, or the local itself.</param>
/// <param name="Kind">What is done.</param>
internal sealed record CopyUse(ILocalReferenceOperation Reference, IOperation Member, CopyUseKind Kind)
{
    internal int Position => Reference.Syntax.SpanStart;

    internal static CopyUse Of(ILocalReferenceOperation reference)
    {
        IOperation member = MemberOf(reference);
        return new CopyUse(reference, member, member switch
        {
            _ when member.Parent is IAssignmentOperation { Parent: IExpressionStatementOperation } assignment && assignment.Target == member && member != reference => CopyUseKind.MemberWrite,
            _ when member.Parent is IIncrementOrDecrementOperation { Parent: IExpressionStatementOperation } && member != reference => CopyUseKind.MemberWrite,
            _ when member == reference => CopyUseKind.Whole,
            _ => CopyUseKind.Read,
        });
    }

    /// <summary>The whole chain of members that begins at a value: <c>a.B.C</c> for <c>a</c>.</summary>
    internal static IOperation MemberOf(IOperation value)
    {
        IOperation member = value;
        while (true)
        {
            switch (member.Parent)
            {
                case IFieldReferenceOperation field when field.Instance == member:
                    member = field;
                    break;
                case IPropertyReferenceOperation { Property.ContainingType.IsValueType: true } property when property.Instance == member:
                    member = property;
                    break;
                case IInlineArrayAccessOperation element when element.Instance == member:
                    member = element;
                    break;
                default:
                    return member;
            }
        }
    }
}
