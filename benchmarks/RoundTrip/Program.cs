using System.Globalization;
using Contracts.Ipc.Benchmarks;
using Contracts.Ipc.Benchmarks.RoundTrip;
using Contracts.Ipc.Benchmarks.RoundTrip.Processes;
using Contracts.Ipc.Benchmarks.RoundTrip.Reporting;
using Contracts.Ipc.Benchmarks.RoundTrip.Scenarios;
using Contracts.Ipc.Benchmarks.RoundTrip.Workloads;

switch (args)
{
    case [ServerRole.Name, string scenario, string path]:
        await ServerRole.RunAsync(Catalogue.Find(scenario), path).ConfigureAwait(false);
        return 0;
    case [ClientRole.Name, string scenario, string serverProcessor, string warmUp, string measured]:
        var timing = new Timing(Milliseconds(warmUp), Milliseconds(measured));
        await ClientRole.RunAsync(Catalogue.Find(scenario), int.Parse(serverProcessor, CultureInfo.InvariantCulture), timing).ConfigureAwait(false);
        return 0;
    case ["--help" or "-h"]:
        Console.WriteLine(Plan.Help);
        return 0;
}

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("This benchmark binds processes to processors and compares with C over Unix sockets: it runs on Linux.");
    return 1;
}

Plan plan;
try
{
    plan = Plan.Parse(args);
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(Plan.Help);
    return 2;
}

string machine = Machine.Describe();
Results results = Coordinator.Run(plan);
if (plan.IsJson)
{
    JsonReport.Write(results, plan.Placements, machine, Console.Out);
}
else
{
    Console.WriteLine($"{machine}; {plan.Rounds} rounds, medians");
    Console.WriteLine();
    new Report(results, plan.Placements, Console.Out).Write();
}

return 0;

static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(double.Parse(text, CultureInfo.InvariantCulture));
