using System.Diagnostics;
using Contracts.Ipc;

namespace Quickstart;

/// <summary>What a client does: connects, gets a proxy, and calls.</summary>
internal static class Tour
{
    public static async Task<RoundTrips> RunAsync(IpcEndpoint endpoint)
    {
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint);
        ICalculator calculator = connection.GetProxy<ICalculator>();
        Console.WriteLine($"{endpoint}  (served by process {connection.Peer.ProcessId?.ToString() ?? "?"})");

        Show("result", $"2 + 3 = {await calculator.AddAsync(2, 3)}");
        Show("typed fault", await DivideByZeroAsync(calculator));
        Show("cancellation", await GiveUpAsync(calculator));
        RoundTrips roundTrips = await RoundTrips.MeasureAsync(endpoint.Scheme, calculator);
        Console.WriteLine();
        return roundTrips;
    }

    private static async Task<string> DivideByZeroAsync(ICalculator calculator)
    {
        try
        {
            return $"1 / 0 = {await calculator.DivideAsync(1, 0)}";
        }
        catch (IpcFaultException<DivisionByZero> fault)
        {
            return $"{fault.Detail.Dividend} / 0 failed with {fault.Detail.GetType().Name}: {fault.Message}";
        }
    }

    private static async Task<string> GiveUpAsync(ICalculator calculator)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        long started = Stopwatch.GetTimestamp();
        try
        {
            return $"{await calculator.CountPrimesAsync(int.MaxValue, patience.Token)} primes";
        }
        catch (OperationCanceledException)
        {
            return $"gave up counting primes after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms; the server stopped too";
        }
    }

    private static void Show(string what, string outcome) => Console.WriteLine($"  {what,-14}{outcome}");
}
