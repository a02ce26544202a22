using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>A read of a field by reference or by pointer that says nothing of others who write it.</summary>
internal static class PlainRead
{
    /// <summary>Whether <c>Volatile.Read</c> takes fields of this type.</summary>
    internal static bool CanBeVolatile(IFieldReferenceOperation field) => !field.Field.IsVolatile
        && field.Field.Type.SpecialType is SpecialType.System_Boolean
            or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64)
            or SpecialType.System_Single or SpecialType.System_Double;

    internal static bool IsBehindPointer(IFieldReferenceOperation field)
        => field.Syntax is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression };
}
