using Contracts.Ipc;

namespace Quickstart;

/// <summary>The contract. Proxy, stub and MessagePack code are generated from it when the project is built.</summary>
[IpcService]
public partial interface ICalculator
{
    ValueTask<int> AddAsync(int a, int b, CancellationToken cancellationToken = default);

    [IpcFault(typeof(DivisionByZero))]
    ValueTask<double> DivideAsync(double dividend, double divisor, CancellationToken cancellationToken = default);

    Task<int> CountPrimesAsync(int below, CancellationToken cancellationToken = default);
}

/// <summary>What a caller learns when a division fails.</summary>
public record DivisionByZero(double Dividend);
