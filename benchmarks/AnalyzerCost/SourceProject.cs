using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Contracts.Ipc.Benchmarks.AnalyzerCost;

/// <summary>A project in memory: its files as text. Each round parses them anew, as a compiler that has just started does.</summary>
/// <param name="name">For the table.</param>
/// <param name="files">The text of each file.</param>
internal sealed class SourceProject(string name, IReadOnlyList<string> files)
{
    // An assembly holds 16 MiB of string literals, and the C headers of so many structs need more, unless the compiler keeps long ones elsewhere.
    private static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse)
        .WithFeatures([new("experimental-data-section-string-literals", "100")]);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: true);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location) || Path.GetFileName(path) == "Contracts.Ipc.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public string Name { get; } = name;

    public int Files => files.Count;

    public int Lines { get; } = files.Sum(file => file.Count(character => character == '\n'));

    /// <summary>Contracts with messages, services and callers, and structs for shared memory.</summary>
    public static SourceProject WithContracts(int contracts, int structs) => new(
        "with contracts",
        [
            .. Enumerable.Range(0, contracts).Select(i => Contract(i, isContract: true)),
            .. Enumerable.Range(0, structs).Select(i => Struct(i, isShared: true)),
        ]);

    /// <summary>The same without a contract and without a word about this library, as a project that gets the package by a reference of a reference.</summary>
    public static SourceProject WithoutContracts(int interfaces, int structs) => new(
        "without contracts",
        [
            .. Enumerable.Range(0, interfaces).Select(i => Contract(i, isContract: false)),
            .. Enumerable.Range(0, structs).Select(i => Struct(i, isShared: false)),
        ]);

    public CSharpCompilation Parse()
        => CSharpCompilation.Create("Generated", files.AsParallel().AsOrdered().Select(Parse), References, Options);

    public static CSharpParseOptions ParsedWith => ParseOptions;

    private static SyntaxTree Parse(string file, int index)
        => CSharpSyntaxTree.ParseText(SourceText.From(file, Encoding.UTF8), ParseOptions, $"File{index.ToString(CultureInfo.InvariantCulture)}.cs");

    private static string Contract(int i, bool isContract) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        {{(isContract ? "using Contracts.Ipc;" : "")}}

        namespace Acme.Orders.Area{{i / 20}};

        /// <summary>Orders of one kind.</summary>
        {{(isContract ? "[IpcService]" : "")}}
        public {{(isContract ? "partial " : "")}}interface IOrders{{i}}
        {
            ValueTask<Order{{i}}> FindAsync(int id, CancellationToken cancellationToken = default);
            Task<IReadOnlyList<Order{{i}}>> ListAsync(string customer, DateOnly since, CancellationToken cancellationToken = default);
            Task PutAsync(Order{{i}} order, CancellationToken cancellationToken = default);
            ValueTask<decimal> SumAsync(IReadOnlyList<Line{{i}}> lines, CancellationToken cancellationToken = default);
            int Count(string customer);
            {{(isContract ? "[OneWay] " : "")}}void Note(string text);
        }

        public sealed record Order{{i}}(int Id, string Customer, DateTimeOffset Placed, IReadOnlyList<Line{{i}}> Lines, Dictionary<string, string>? Tags);

        public sealed record Line{{i}}(Guid Article, int Count, decimal Price, State{{i}} State);

        public enum State{{i}} { New, Paid, Sent }

        /// <summary>Keeps them in memory.</summary>
        public sealed class Orders{{i}} : IOrders{{i}}
        {
            private readonly Dictionary<int, Order{{i}}> _orders = [];
            private readonly Lock _gate = new();
            private int _notes;

            public ValueTask<Order{{i}}> FindAsync(int id, CancellationToken cancellationToken)
            {
                lock (_gate)
                {
                    return _orders.TryGetValue(id, out Order{{i}}? order) ? new ValueTask<Order{{i}}>(order) : throw new KeyNotFoundException($"There is no order {id}.");
                }
            }

            public async Task<IReadOnlyList<Order{{i}}>> ListAsync(string customer, DateOnly since, CancellationToken cancellationToken)
            {
                await Task.Yield();
                var found = new List<Order{{i}}>();
                foreach (Order{{i}} order in _orders.Values)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (order.Customer == customer && DateOnly.FromDateTime(order.Placed.Date) >= since)
                    {
                        found.Add(order);
                    }
                }

                found.Sort((a, b) => a.Placed.CompareTo(b.Placed));
                return found;
            }

            public Task PutAsync(Order{{i}} order, CancellationToken cancellationToken)
            {
                lock (_gate)
                {
                    _orders[order.Id] = order with { Lines = [.. order.Lines] };
                }

                return Task.CompletedTask;
            }

            public ValueTask<decimal> SumAsync(IReadOnlyList<Line{{i}}> lines, CancellationToken cancellationToken)
            {
                decimal sum = 0;
                for (int index = 0; index < lines.Count; index++)
                {
                    Line{{i}} line = lines[index];
                    sum += line.State switch
                    {
                        State{{i}}.New => line.Count * line.Price,
                        State{{i}}.Paid => 0,
                        _ => Math.Max(0, (line.Count - 1) * line.Price),
                    };
                }

                return new ValueTask<decimal>(Math.Round(sum, 2));
            }

            public int Count(string customer)
            {
                int count = 0;
                foreach ((int id, Order{{i}} order) in _orders)
                {
                    count += order.Customer.Equals(customer, StringComparison.OrdinalIgnoreCase) && id > 0 ? 1 : 0;
                }

                return count;
            }

            public void Note(string text)
            {
                int notes = Interlocked.Increment(ref _notes);
                Console.WriteLine($"{notes}: {text.Trim()}");
            }
        }

        /// <summary>Asks for them.</summary>
        public static class Client{{i}}
        {
            public static async Task<decimal> RunAsync({{(isContract ? "IpcConnection connection" : $"Func<IOrders{i}> connect")}}, CancellationToken cancellationToken)
            {
                IOrders{{i}} orders = {{(isContract ? $"connection.GetProxy<IOrders{i}>()" : "connect()")}};
                decimal total = 0;
                try
                {
                    foreach (Order{{i}} order in await orders.ListAsync("customer", new DateOnly(2026, 1, 1), cancellationToken).ConfigureAwait(false))
                    {
                        total += await orders.SumAsync(order.Lines, cancellationToken).ConfigureAwait(false);
                    }

                    await orders.PutAsync(await orders.FindAsync({{i}}, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                }
                catch (TimeoutException late)
                {
                    orders.Note(late.Message);
                }

                return total;
            }
        }
        """;

    private static string Struct(int i, bool isShared) => $$"""
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        {{(isShared ? "using Contracts.Ipc.SharedMemory;" : "")}}

        namespace Acme.Telemetry.Area{{i / 100}};

        /// <summary>One sample.</summary>
        {{(isShared ? "[SharedLayout]" : "")}}
        [StructLayout(LayoutKind.Sequential)]
        public {{(isShared ? "partial " : "")}}struct Sample{{i}}
        {
            public long Time;
            public double Value;
            public int Sensor;
            public Quality{{i}} Quality;
            {{(i % 10 == 0 ? "public long Number;" : $"public Sample{i / 10 * 10} Before;")}}
            public uint Flags;
            public int Reserved;

            public readonly double Scaled(double factor) => Value * factor;
        }

        public enum Quality{{i}} : int { Unknown, Good, Bad }
        """;
}
