using Contracts.Ipc.Generators.Tests.Harness;
using Contracts.Ipc.Serialization;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Tests;

/// <summary>What generated code does with numbers and tags that it does not know.</summary>
public sealed class OpennessTests
{
    private const string Source =
        """
        using System.Buffers;
        using Contracts.Ipc.Serialization;
        using Generated = Acme.App.IpcGenerated;

        namespace Acme;

        public enum Closed : byte { Low, Middle, High = 200 }
        public enum Signed : sbyte { Lowest = -128, Minus = -1, Zero }
        public enum Wide : ulong { None, Highest = ulong.MaxValue }
        [IpcOpen] public enum Open { Red }
        [IpcOpen(Replaced.Unknown)] public enum Replaced { Unknown = -1, Red }
        [Flags] public enum Rights { None, Read }

        public sealed class Message { public Closed Closed { get; set; } public Open Open { get; set; } public Replaced Replaced { get; set; } public Rights Rights { get; set; } }

        [Union(0, typeof(Circle)), IpcOpen(typeof(UnknownShape))] public interface IShape;
        public sealed class Circle : IShape { public int Radius { get; set; } }
        public sealed class UnknownShape(int tag) : IShape { public int Tag { get; } = tag; }

        [IpcService]
        public partial interface IEvolving { Message Do(Message message, Signed signed, Wide wide, IShape[] shapes); }

        public static class Codec
        {
            public static object Closed(byte[] bytes) { var reader = new MessagePackReader(bytes); return Generated.Acme_ClosedFormatter.Read(ref reader); }
            public static object Signed(byte[] bytes) { var reader = new MessagePackReader(bytes); return Generated.Acme_SignedFormatter.Read(ref reader); }
            public static object Wide(byte[] bytes) { var reader = new MessagePackReader(bytes); return Generated.Acme_WideFormatter.Read(ref reader); }

            public static object AllocatedBy(byte[] bytes)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 1000; i++)
                {
                    var reader = new MessagePackReader(bytes);
                    _ = Generated.Acme_ClosedFormatter.Read(ref reader);
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static byte[] Through(byte[] bytes)
            {
                var reader = new MessagePackReader(bytes);
                Message? message = Generated.Acme_MessageFormatter.Read(ref reader);
                var output = new ArrayBufferWriter<byte>();
                var writer = new MessagePackWriter(output);
                Generated.Acme_MessageFormatter.Write(ref writer, message);
                writer.Flush();
                return output.WrittenSpan.ToArray();
            }

            public static string Shapes(byte[] bytes)
            {
                var reader = new MessagePackReader(bytes);
                var text = new List<string>();
                for (int count = reader.ReadArrayHeader(); count > 0; count--)
                {
                    text.Add(Generated.Acme_IShapeFormatter.Read(ref reader) switch { Circle circle => $"circle {circle.Radius}", UnknownShape unknown => $"unknown {unknown.Tag}", _ => "null" });
                }

                return string.Join(", ", text);
            }
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Assembly = new(() => GeneratorRun.Of(Source).CompilesCleanly().Load());

    [Theory]
    [InlineData("Closed", "00", "Low")]
    [InlineData("Closed", "ccc8", "High")]
    [InlineData("Signed", "d080", "Lowest")]
    [InlineData("Signed", "00", "Zero")]
    [InlineData("Wide", "cfffffffffffffffff", "Highest")]
    public void A_closed_enum_reads_the_numbers_that_it_names(string type, string hex, string name)
        => Assert.Equal(name, Call(type, hex).ToString());

    [Theory]
    [InlineData("Closed", "02", "Acme.Closed has no value 2.")]
    [InlineData("Closed", "ccc7", "Acme.Closed has no value 199.")]
    [InlineData("Closed", "ccff", "Acme.Closed has no value 255.")]
    [InlineData("Signed", "d081", "Acme.Signed has no value -127.")]
    [InlineData("Signed", "01", "Acme.Signed has no value 1.")]
    [InlineData("Wide", "cffffffffffffffffe", "Acme.Wide has no value 18446744073709551614.")]
    public void A_closed_enum_refuses_all_others_and_says_what_to_do(string type, string hex, string sentence)
    {
        string message = Assert.Throws<IpcSerializationException>(() => Call(type, hex)).Message;

        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Assert.Contains("[IpcOpen]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_enum_and_flags_keep_what_they_do_not_know_and_write_it_again()
    {
        // { Open: 77, Rights: 9 }
        byte[] written = (byte[])Call("Through", "82a44f70656e4da652696768747309");

        Assert.Contains("a44f70656e4d", Convert.ToHexStringLower(written), StringComparison.Ordinal);
        Assert.Contains("a652696768747309", Convert.ToHexStringLower(written), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replacement_stands_for_what_is_not_known()
    {
        // { Replaced: 77 }
        byte[] written = (byte[])Call("Through", "81a85265706c616365644d");

        Assert.Contains("a85265706c61636564ff", Convert.ToHexStringLower(written), StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_at_a_number_allocates_nothing()
    {
        _ = Call("AllocatedBy", "ccc8");
        Assert.Equal(0L, Call("AllocatedBy", "ccc8"));
    }

    [Fact]
    public void A_missing_member_is_not_looked_at()
        => Assert.Contains("a6436c6f73656400", Convert.ToHexStringLower((byte[])Call("Through", "80")), StringComparison.Ordinal);

    [Fact]
    public void An_open_union_steps_over_cases_that_it_does_not_know()
        // [ [5, { "a": [1, 2] }], nil, [0, { "Radius": 3 }] ]
        => Assert.Equal("unknown 5, null, circle 3", Call("Shapes", "93" + "920581a161920102" + "c0" + "920081a652616469757303"));

    [Fact]
    public void An_enum_of_an_assembly_that_does_not_know_this_library_is_open()
    {
        MetadataReference stranger = Reference("public enum Color { Red }");
        MetadataReference friend = Reference("public enum Color { Red } [Contracts.Ipc.IpcReserved(3)] public enum Other { A }");
        const string Contract = "[IpcService] public partial interface IPaint { void Fill(Color color, DayOfWeek day); }";

        Assert.DoesNotContain(Files(stranger), file => file.EndsWith("ColorFormatter.g.cs", StringComparison.Ordinal));
        Assert.Contains(Files(friend), file => file.EndsWith("ColorFormatter.g.cs", StringComparison.Ordinal));

        static IEnumerable<string> Files(MetadataReference library)
            => GeneratorRun.Of(TestCompilation.Create(Contract, references: [library])).CompilesCleanly().DeclareThemselves().Files.Select(file => file.HintName);

        static MetadataReference Reference(string source)
        {
            using var stream = new MemoryStream();
            Assert.True(TestCompilation.CreateBare(source).WithAssemblyName("Library").Emit(stream).Success);
            return MetadataReference.CreateFromImage(stream.ToArray());
        }
    }

    [Theory]
    [InlineData("public enum Color { Red, Green }", "public enum Color { Red, Green, Blue }")]
    [InlineData("public enum Color { Red, Green }", "[IpcOpen] public enum Color { Red, Green }")]
    [InlineData("[IpcOpen] public enum Color { Red, Green }", "[IpcOpen(Color.Red)] public enum Color { Red, Green }")]
    public void What_a_reader_accepts_is_in_the_fingerprint(string before, string after) => Assert.NotEqual(Fingerprint(before), Fingerprint(after));

    [Theory]
    [InlineData("public enum Color { Red, Green }", "public enum Color { Red, Green, Grün = 1 }")]
    [InlineData("public enum Color { Red, Green }", "[IpcReserved(9)] public enum Color { Red, Green }")]
    [InlineData("[IpcOpen] public enum Color { Red }", "[IpcOpen] public enum Color { Red, Green }")]
    [InlineData("[IpcOpen] public enum Color { Red }", "[Flags] public enum Color { Red, Green }")]
    public void What_changes_nothing_for_a_reader_is_not(string before, string after) => Assert.Equal(Fingerprint(before), Fingerprint(after));

    private static string Fingerprint(string type)
        => Assert.Single(Declarations.Of(GeneratorRun.Of($"{type} [IpcService] public partial interface IPaint {{ void Fill(Color color); }}"))).Fingerprint;

    private static object Call(string method, string hex)
    {
        try
        {
            return Assembly.Value.GetType("Acme.Codec", throwOnError: true)!.GetMethod(method)!.Invoke(null, [Convert.FromHexString(hex)])!;
        }
        catch (System.Reflection.TargetInvocationException invocation) when (invocation.InnerException is IpcSerializationException)
        {
            throw invocation.InnerException;
        }
    }
}
