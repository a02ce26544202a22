// What the analyzers of the package cost a build: a project of 500 contracts and 2000 shared structs, and one of the same size that has none.
//
//   dotnet run -c Release --project benchmarks/AnalyzerCost [-- rounds [contracts [structs]]]

using System.Globalization;
using Contracts.Ipc.Benchmarks.AnalyzerCost;

int Argument(int index, int standard) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : standard;

int rounds = Argument(0, 7);
int contracts = Argument(1, 500);
int structs = Argument(2, 2000);
await Report.PrintAsync(SourceProject.WithContracts(contracts, structs), SourceProject.WithContracts(20, 80), rounds);
await Report.PrintAsync(SourceProject.WithoutContracts(contracts, structs), SourceProject.WithoutContracts(20, 80), rounds);
