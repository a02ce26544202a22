using System.Diagnostics;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.SharedMemory.Waiting;

/// <summary>
/// One thread that sleeps for many: on every word that somebody in this process awaits asynchronously, up to 127 of them, and on a word of its own by which it
/// learns of new waits and of cancelled ones.
/// </summary>
/// <remarks>
/// Waits for one word with one expected value count once. More words than fit get another monitor. The thread starts with the first wait and ends
/// some time after the last one; while it sleeps it costs nothing. It never runs code of the user: continuations go to the thread pool.
/// </remarks>
internal sealed unsafe class WordMonitor
{
    /// <summary>One entry of the vector is the monitor's own.</summary>
    internal const int Capacity = FutexVector.MaximumWords - 1;

    /// <summary>How long the thread stays when nobody waits: starting one costs more than many waits last.</summary>
    private static readonly long Linger = Stopwatch.Frequency / 2;

    private static readonly Lock AllGate = new();
    private static readonly List<WordMonitor> All = [];

    private readonly Lock _gate = new();
    private readonly Waker _waker = new();
    private readonly List<WatchedWord> _words = [];
    private bool _isRunning;

    /// <summary>Sees to it that the wait ends.</summary>
    public static void Watch(PendingWait wait)
    {
        if (!FutexVector.IsSupported)
        {
            wait.RunOnOwnThread();
            return;
        }

        lock (AllGate)
        {
            foreach (WordMonitor monitor in All)
            {
                if (monitor.TryAdd(wait))
                {
                    return;
                }
            }

            var another = new WordMonitor();
            All.Add(another);
            _ = another.TryAdd(wait);
        }
    }

    /// <summary>Something has ended that this monitor did not end itself.</summary>
    public void LookAgain() => _waker.Call();

    private bool TryAdd(PendingWait wait)
    {
        lock (_gate)
        {
            WatchedWord? known = _words.Find(word => word.Word == wait.Word && word.Expected == wait.Expected);
            if (known is null)
            {
                if (_words.Count == Capacity)
                {
                    return false;
                }

                known = new WatchedWord(wait.Word, wait.Expected);
                _words.Add(known);
            }

            known.Waits.Add(wait);
            wait.BelongTo(this);
            if (!_isRunning)
            {
                _isRunning = true;
                var thread = new Thread(Run) { IsBackground = true, Name = "Contracts.Ipc monitor" };
                thread.UnsafeStart();
                return true;
            }
        }

        LookAgain();
        return true;
    }

    private void Run()
    {
        FutexWord* vector = stackalloc FutexWord[FutexVector.MaximumWords];
        bool hasLingered = false;
        while (true)
        {
            // Read before the look at the waits: what is added or cancelled after the look ends the sleep below.
            int calls = _waker.Calls;
            long deadline;
            int count;
            lock (_gate)
            {
                deadline = EndWhatIsOver(WaitTime.Now);
                count = _words.Count;
                if (count == 0)
                {
                    if (hasLingered)
                    {
                        _isRunning = false;
                        return;
                    }

                    deadline = WaitTime.Now + Linger;
                }

                for (int i = 0; i < count; i++)
                {
                    vector[i + 1] = FutexWord.Shared(_words[i].Word, _words[i].Expected);
                }
            }

            vector[0] = FutexWord.Own(_waker.Word, calls);
            VectorWait ended = FutexVector.Wait(vector, count + 1, deadline);
            if (ended == VectorWait.Unsupported)
            {
                GiveEachItsThread();
                return;
            }

            hasLingered = count == 0 && ended == VectorWait.TimedOut;
        }
    }

    /// <returns>The earliest deadline of what goes on.</returns>
    private long EndWhatIsOver(long now)
    {
        long next = WaitTime.Never;
        for (int i = _words.Count - 1; i >= 0; i--)
        {
            WatchedWord word = _words[i];

            // Acquire: pairs with the change of the word by its publisher; the completion below hands it on to whoever awaits.
            bool hasChanged = Volatile.Read(ref *word.Word) != word.Expected;
            next = Math.Min(next, word.EndWhatIsOver(hasChanged, now));
            if (word.Waits.Count == 0)
            {
                _words.RemoveAt(i);
            }
        }

        return next;
    }

    private void GiveEachItsThread()
    {
        lock (_gate)
        {
            foreach (PendingWait wait in _words.SelectMany(static word => word.Waits))
            {
                wait.RunOnOwnThread();
            }

            _words.Clear();
            _isRunning = false;
        }
    }

    /// <summary>A word, what it was, and all who wait for it to change.</summary>
    private sealed class WatchedWord(int* word, int expected)
    {
        public int* Word { get; } = word;

        public int Expected { get; } = expected;

        public List<PendingWait> Waits { get; } = [];

        /// <returns>The earliest deadline of what goes on.</returns>
        public long EndWhatIsOver(bool hasChanged, long now)
        {
            long next = WaitTime.Never;
            int kept = 0;
            for (int i = 0; i < Waits.Count; i++)
            {
                PendingWait wait = Waits[i];
                if (hasChanged)
                {
                    wait.End(WaitOutcome.Changed);
                }
                else if (wait.Deadline <= now)
                {
                    wait.End(WaitOutcome.TimedOut);
                }

                if (wait.IsOver)
                {
                    wait.Release();
                }
                else
                {
                    next = Math.Min(next, wait.Deadline);
                    Waits[kept++] = wait;
                }
            }

            Waits.RemoveRange(kept, Waits.Count - kept);
            return next;
        }
    }
}
