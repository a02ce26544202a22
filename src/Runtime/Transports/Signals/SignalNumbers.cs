using System.Runtime.InteropServices;
using Contracts.Ipc.Native;

namespace Contracts.Ipc.Transports.Signals;

/// <summary>The real-time signals of this process: which are taken, by which listener, and who is told when one comes.</summary>
/// <remarks>
/// <para>A real-time signal without a handler ends the process, and signals may be on their way whenever a listener stops. So a number that was once
/// registered stays registered as long as the process lives; one that belongs to nobody is received and forgotten.</para>
/// <para>Numbers that came back are used again last: a client that has not noticed the end of one server should not reach the next.</para>
/// </remarks>
internal static class SignalNumbers
{
    private static readonly Lock Gate = new();
    private static readonly List<Number> Free = [];
    private static readonly HashSet<int> Known = [];

    /// <summary>Takes a number for each method. From now on all of them are caught.</summary>
    /// <exception cref="IpcEndpointException">There are not so many left.</exception>
    public static SignalLease Take(IpcEndpoint endpoint, int count)
    {
        lock (Gate)
        {
            Discover();
            Number[] taken = [.. Free.Take(count)];
            if (taken.Length < count)
            {
                throw SignalError.NotEnough(endpoint, count, taken.Length, Known.Count);
            }

            Free.RemoveRange(0, count);
            foreach (Number number in taken)
            {
                number.Register();
            }

            return new SignalLease(taken);
        }
    }

    internal static void Return(Number[] numbers)
    {
        lock (Gate)
        {
            Free.AddRange(numbers);
        }
    }

    /// <summary>Adds numbers that are nobody's: those with a handler belong to other code of this process, blocked ones never arrive.</summary>
    private static void Discover()
    {
        ProcessStatus? self = ProcessStatus.Of(Environment.ProcessId);
        _ = Free.RemoveAll(number => !number.IsRegistered && self?.Catches(number.Value) == true && Known.Remove(number.Value));
        for (int signal = RealTimeSignals.First; signal <= RealTimeSignals.Last; signal++)
        {
            if (self?.Catches(signal) != true && self?.Blocks(signal) != true && Known.Add(signal))
            {
                Free.Add(new Number(signal));
            }
        }
    }

    /// <summary>One signal number.</summary>
    internal sealed class Number(int value)
    {
        private PosixSignalRegistration? _registration;
        private Action? _arrived;

        public int Value { get; } = value;

        public bool IsRegistered => _registration is not null;

        /// <summary>Who is told of each signal; null: nobody.</summary>
        public Action? Arrived
        {
            set => Volatile.Write(ref _arrived, value);
        }

        /// <summary>Has the runtime catch the number, for ever.</summary>
        public void Register() => _registration ??= PosixSignalRegistration.Create((PosixSignal)Value, OnSignal);

        private void OnSignal(PosixSignalContext context)
        {
            // Else the runtime does what the signal does by default: it ends the process.
            context.Cancel = true;
            Volatile.Read(ref _arrived)?.Invoke();
        }
    }
}

/// <summary>The numbers of one listener.</summary>
internal sealed class SignalLease : IDisposable
{
    private readonly SignalNumbers.Number[] _numbers;
    private bool _returned;

    internal SignalLease(SignalNumbers.Number[] numbers)
    {
        _numbers = numbers;
        Values = [.. numbers.Select(static number => number.Value)];
    }

    /// <summary>The signal numbers, one for each method.</summary>
    public IReadOnlyList<int> Values { get; }

    /// <summary>From now on each signal is reported, with the index of its number, on a thread of the pool.</summary>
    public void Deliver(Action<int> arrived)
    {
        for (int i = 0; i < _numbers.Length; i++)
        {
            int index = i;
            _numbers[i].Arrived = () => arrived(index);
        }
    }

    /// <summary>The numbers may be taken by others; signals that still come are forgotten.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, true))
        {
            return;
        }

        foreach (SignalNumbers.Number number in _numbers)
        {
            number.Arrived = null;
        }

        SignalNumbers.Return(_numbers);
    }
}
