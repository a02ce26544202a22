using Contracts.Ipc;

namespace Quickstart;

/// <summary>The service: a plain class that implements the contract. Calls come from several threads at once.</summary>
internal sealed class Calculator : ICalculator
{
    public ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken) => new(a + b);

    public ValueTask<double> DivideAsync(double dividend, double divisor, CancellationToken cancellationToken)
        => divisor == 0
            ? throw new IpcFaultException<DivisionByZero>(new DivisionByZero(dividend), "Nothing can be divided by zero.")
            : new ValueTask<double>(dividend / divisor);

    public Task<int> CountPrimesAsync(int below, CancellationToken cancellationToken)
        => Task.Run(() => Enumerable.Range(2, Math.Max(0, below - 2)).Count(n => IsPrime(n, cancellationToken)), cancellationToken);

    private static bool IsPrime(int number, CancellationToken cancellationToken)
    {
        // Fires when the caller gives up, when its deadline passes, and when its process dies.
        cancellationToken.ThrowIfCancellationRequested();
        for (int divisor = 2; divisor <= number / divisor; divisor++)
        {
            if (number % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
