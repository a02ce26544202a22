using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>A lock that is certainly held where some code stands.</summary>
/// <param name="Kind">The kind of its guard. A delegate of <c>Update</c> counts as a guard of the segment.</param>
/// <param name="Owner">The variable of the object that is locked, if it has one.</param>
/// <param name="Guard">The variable of the guard, if it has one.</param>
internal sealed record HeldGuard(SharedKind Kind, ISymbol? Owner, ILocalSymbol? Guard)
{
    /// <summary>What is held at an operation, the innermost first.</summary>
    internal static IEnumerable<HeldGuard> At(IOperation operation, SharedApi api)
    {
        for (IOperation inner = operation; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation function:
                    if (UpdateWith(function, api) is not { } update)
                    {
                        // Nobody knows when it runs.
                        yield break;
                    }

                    yield return new HeldGuard(SharedKind.SegmentGuard, update.Instance.Variable(), null);
                    break;

                case ILocalFunctionOperation:
                    yield break;

                case IUsingOperation @using when inner == @using.Body:
                    foreach (HeldGuard guard in In(@using.Resources, api))
                    {
                        yield return guard;
                    }

                    break;

                case IBlockOperation block:
                    foreach (IUsingDeclarationOperation declaration in block.Operations.TakeWhile(statement => statement != inner).OfType<IUsingDeclarationOperation>())
                    {
                        foreach (HeldGuard guard in In(declaration.DeclarationGroup, api))
                        {
                            yield return guard;
                        }
                    }

                    break;
            }
        }
    }

    /// <summary>The call of <c>SharedSegment.Update</c> that gets this function to run under its lock.</summary>
    internal static IInvocationOperation? UpdateWith(IAnonymousFunctionOperation function, SharedApi api)
    {
        IOperation? parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Update" } call } && api.KindOf(call.TargetMethod.ContainingType) == SharedKind.Segment
            ? call
            : null;
    }

    private static IEnumerable<HeldGuard> In(IOperation resources, SharedApi api)
    {
        if (resources is IVariableDeclarationGroupOperation group)
        {
            foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
            {
                if (api.IsGuard(declarator.Symbol.Type))
                {
                    yield return new HeldGuard(api.KindOf(declarator.Symbol.Type), OwnerOf(declarator.GetVariableInitializer()?.Value), declarator.Symbol);
                }
            }
        }
        else if (resources.Unwrapped() is { } expression && api.IsGuard(expression.Type))
        {
            yield return expression is ILocalReferenceOperation local
                ? new HeldGuard(api.KindOf(expression.Type), Taken(local), local.Local)
                : new HeldGuard(api.KindOf(expression.Type), OwnerOf(expression), null);
        }
    }

    private static ISymbol? OwnerOf(IOperation? taken) => (taken?.Unwrapped() as IInvocationOperation)?.Instance.Variable();

    /// <summary>For <c>using (guard)</c>: the object whose lock the guard got from <c>TryLock</c>.</summary>
    private static ISymbol? Taken(ILocalReferenceOperation guard)
        => guard.Root().Descendants().OfType<IArgumentOperation>()
            .Where(argument => argument.Parameter?.RefKind == RefKind.Out && guard.Local.IsSame(argument.OutLocal()))
            .Select(argument => (argument.Parent as IInvocationOperation)?.Instance.Variable())
            .FirstOrDefault();
}
