using Contracts.Ipc.Transports.Polling;

namespace Contracts.Ipc.Runtime.Tests.Transports.Polling;

/// <summary>A thread that was woken elsewhere than in epoll takes the reactor's role, and loses it as the reactor's own thread does.</summary>
/// <remarks>There is one reactor, which other tests use at the same time: a visit counts only when it found the role free.</remarks>
public sealed class ReactorVisitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_visitor_polls_what_it_wakes_on_its_own_thread_and_gives_the_role_back()
    {
        bool polledHere = false;
        for (int attempt = 0; attempt < 1000 && !polledHere; attempt++)
        {
            int here = Environment.CurrentManagedThreadId;
            using var polled = new ManualResetEventSlim();
            int polledBy = 0;
            var session = new Session(_ =>
            {
                polledBy = Environment.CurrentManagedThreadId;
                polled.Set();
                return PollResult.Leave;
            });
            var turn = new ReactorThread(Reactor.Shared, new Visitor());

            Reactor.Shared.Visit(turn, new Handler(() => Reactor.Shared.Awake(session)));

            // By whomever: what a visitor wakes is never left lying.
            Assert.True(polled.Wait(Patience));
            Assert.Null(ReactorThread.Current);
            polledHere = polledBy == here;
        }

        Assert.True(polledHere, "The role was never free.");
    }

    [Fact]
    public void A_visitor_whose_handler_blocks_is_replaced_and_told_so()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            using var release = new ManualResetEventSlim();
            using var blocked = new ManualResetEventSlim();
            using var others = new ManualResetEventSlim();
            var visitor = new Visitor();
            var turn = new ReactorThread(Reactor.Shared, visitor);
            bool visited = false;
            int polls = 0;
            var blocking = new Session(thread =>
            {
                // Its successor polls it once more.
                if (++polls > 1)
                {
                    return PollResult.Leave;
                }

                visited = ReferenceEquals(thread, turn);
                if (!visited)
                {
                    blocked.Set();
                    return PollResult.Leave;
                }

                thread.Enter(new Work());
                blocked.Set();
                Assert.True(release.Wait(Patience));
                return thread.Leave() ? PollResult.Leave : PollResult.Overtaken;
            });
            var visiting = new Thread(() => Reactor.Shared.Visit(turn, new Handler(() => Reactor.Shared.Awake(blocking))));
            visiting.Start();
            Assert.True(blocked.Wait(Patience));
            if (visited)
            {
                Reactor.Shared.Awake(new Session(_ =>
                {
                    others.Set();
                    return PollResult.Leave;
                }));

                Assert.True(others.Wait(Patience), "The handler kept the reactor.");
                Assert.True(visitor.Kept.Wait(Patience));
                Assert.False(turn.IsOwner);
            }

            release.Set();
            Assert.True(visiting.Join(Patience));
            if (visited)
            {
                return;
            }
        }

        Assert.Fail("The role was never free.");
    }

    private sealed class Session(Func<ReactorThread, PollResult> poll) : IPolled
    {
        public bool IsAwake { get; set; }

        public TimeSpan PollingBudget => TimeSpan.Zero;

        public int PollCost => 1;

        public PollResult Poll(ReactorThread thread) => poll(thread);

        public void Park()
        {
        }
    }

    private sealed class Handler(Action ready) : IReadinessHandler
    {
        public void OnReady(Readiness readiness) => ready();
    }

    private sealed class Visitor : IReactorVisitor
    {
        public SemaphoreSlim Kept { get; } = new(0);

        public void OnThreadKept() => Kept.Release();
    }

    private sealed class Work : IOvertakable
    {
        public void OnSlow()
        {
        }

        public void OnOvertaken()
        {
        }
    }
}
