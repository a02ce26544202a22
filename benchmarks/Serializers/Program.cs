using Contracts.Ipc.Benchmarks.Serializers;

Console.WriteLine($".NET {Environment.Version}, {Environment.ProcessorCount} processors, System.Text.Json with source-generated metadata");
Console.WriteLine();
Console.WriteLine("| payload | | System.Text.Json ns | Contracts ns | ratio | target | bytes allocated (STJ / Contracts) | wire bytes (STJ / Contracts) |");
Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
foreach (IPayload payload in Payloads.All)
{
    payload.Measure(Console.Out);
}
