using System.Diagnostics;
using Contracts.Ipc.CompilerServices;

namespace Contracts.Ipc.Rpc;

/// <summary>
/// Decides how long a caller polls for an answer before it sleeps, from how long the method's answers lately took.
/// </summary>
/// <remarks>Methods that answer within the budget are polled for. Others are not, except now and then, to notice when they have become
/// fast. The average lives in the method's descriptor and is updated without a lock: it is a hint, and a lost update costs nothing.</remarks>
internal sealed class PollBudget(TimeSpan budget)
{
    private const int ProbeInterval = 32;

    private readonly int _budget = (int)Math.Min(budget.TotalSeconds * Stopwatch.Frequency, int.MaxValue / 8);
    private int _skipped;

    /// <summary>In <see cref="Stopwatch"/> ticks; 0 for not at all.</summary>
    internal long For(IpcMethod method)
    {
        if (method.RecentAnswerTicks <= _budget)
        {
            return _budget;
        }

        return _budget > 0 && ++_skipped % ProbeInterval == 0 ? _budget : 0;
    }

    internal void OnAnswered(IpcMethod method, long ticks) => Learn(method, (int)Math.Min(ticks, _budget));

    internal void OnGivenUp(IpcMethod method) => Learn(method, 2 * _budget);

    private static void Learn(IpcMethod method, int ticks) => method.RecentAnswerTicks = ((3 * method.RecentAnswerTicks) + ticks) / 4;
}
