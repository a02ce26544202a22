using System.Globalization;
using System.Runtime.Versioning;
using Contracts.Ipc.Benchmarks;
using Contracts.Ipc.Benchmarks.SharedMemory;
using Contracts.Ipc.Benchmarks.SharedMemory.Experiments;
using Contracts.Ipc.Benchmarks.SharedMemory.Processes;

[assembly: SupportedOSPlatform("linux")]

switch (args)
{
    case [Coordinator.Role, string experiment, string processorOfPartner]:
        foreach (Figure figure in Experiment.Find(experiment).Measure(int.Parse(processorOfPartner, CultureInfo.InvariantCulture)))
        {
            Console.WriteLine(figure);
        }

        Console.WriteLine(Coordinator.End);
        return 0;
    case [Partner.Role, string experiment, string variant, string name]:
        Experiment.Find(experiment).Assist!(variant, name, new Stop());
        return 0;
}

int rounds = 5;
if (args is not [] && !(args is ["--rounds", string text] && int.TryParse(text, CultureInfo.InvariantCulture, out rounds) && rounds > 0))
{
    Console.Error.WriteLine("Measures segments, locks and queues in shared memory beside C, bound to processors alike.");
    Console.Error.WriteLine();
    Console.Error.WriteLine("  --rounds N   how often everything is measured; figures are medians (default 5)");
    return 2;
}

string machine = Machine.Describe();
Results results = Coordinator.Run(rounds);
Console.WriteLine($"{machine}; {rounds} rounds, medians");
Console.WriteLine();
new Report(results, Console.Out).Write();
return 0;
