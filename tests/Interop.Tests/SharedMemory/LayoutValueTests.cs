using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Interop.Tests.SharedMemory;

/// <summary>A color.</summary>
internal enum Tint : short
{
    None,
    Red = -7,
}

/// <summary>Every kind of leaf, to be read and written by C.</summary>
[SharedLayout]
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal unsafe partial struct Leaves
{
    public sbyte Signed8;
    public ushort Unsigned16;
    public int @int;
    public ulong Unsigned64;
    public float Single;
    public double Double;
    public Half Half;
    public Tint Tint;
    public Guid Guid;
    public TimeSpan Duration;
    public DateOnly Day;
    public TimeOnly Time;
    public Rune Rune;
    public Complex Complex;
    public Vector3 Vector;
    public fixed ushort Text[3];
    public Cells Cells;
    public Corner Corner;
}

/// <summary>Part of it.</summary>
[SharedLayout]
internal partial struct Corner
{
    public byte Kind;
    public long Value;
}

/// <summary>Parts side by side.</summary>
[InlineArray(4)]
internal struct Cells
{
    public Corner First;
}

/// <summary>The generated header gives C the same values at the same places, in both directions.</summary>
public sealed class LayoutValueTests : IDisposable
{
    private const string Source =
        """
        #include <stdio.h>
        #include "leaves.h"

        typedef contracts_ipc_interop_tests_shared_memory_leaves leaves;

        #define CHECK(condition) if (!(condition)) { fprintf(stderr, "%s\n", #condition); return 1; }

        int main(int count, char **arguments)
        {
            leaves value;
            FILE *file = count == 2 ? fopen(arguments[1], "r+b") : NULL;
            CHECK(file != NULL && fread(&value, sizeof value, 1, file) == 1)
            CHECK(value.Signed8 == -8 && value.Unsigned16 == 65000 && value.int_ == -2000000000 && value.Unsigned64 == UINT64_C(18446744073709551000))
            CHECK(value.Single == 1.5f && value.Double == -0.25 && value.Half == 0x3c00)
            CHECK(value.Tint == CONTRACTS_IPC_INTEROP_TESTS_SHARED_MEMORY_TINT_RED)
            CHECK(value.Guid.a == 0x00112233 && value.Guid.b == 0x4455 && value.Guid.c == 0x6677 && value.Guid.d[0] == 0x88 && value.Guid.d[7] == 0xff)
            CHECK(value.Duration == 15000000 && value.Day == 738840 && value.Time == INT64_C(432000000000) && value.Rune == 0x1f600)
            CHECK(value.Complex[0] == 1.0 && value.Complex[1] == 2.0 && value.Vector[0] == 1.0f && value.Vector[2] == 3.0f)
            CHECK(value.Text[0] == 'a' && value.Text[2] == 'c')
            CHECK(value.Cells[0].Kind == 1 && value.Cells[3].Kind == 4 && value.Cells[3].Value == -4)
            CHECK(value.Corner.Kind == 9 && value.Corner.Value == -9)

            value.int_ = 77;
            value.Tint = CONTRACTS_IPC_INTEROP_TESTS_SHARED_MEMORY_TINT_NONE;
            value.Guid.d[7] = 0;
            value.Cells[2].Value = INT64_MIN;
            value.Corner.Kind = 255;
            value.Complex[1] = -2.0;
            rewind(file);
            CHECK(fwrite(&value, sizeof value, 1, file) == 1 && fclose(file) == 0)
            printf("%llx\n", (unsigned long long)CONTRACTS_IPC_INTEROP_TESTS_SHARED_MEMORY_LEAVES_LAYOUT_FINGERPRINT);
            return 0;
        }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("contracts-leaves-").FullName;

    [Theory]
    [InlineData("gcc", "-std=c11", "c")]
    [InlineData("g++", "-std=c++11", "c++")]
    public async Task C_reads_what_CSharp_wrote_and_CSharp_reads_what_C_wrote(string compiler, string standard, string language)
    {
        await File.WriteAllTextAsync(PathOf("leaves.h"), SharedLayout.Of<Leaves>().ToCHeader());
        await File.WriteAllTextAsync(PathOf("peer.c"), Source);
        await RunAsync(Tool.Need(compiler), standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", language, "peer.c", "-o", "peer");
        await File.WriteAllBytesAsync(PathOf("value"), Bytes(Sample()));

        string fingerprint = await RunAsync(PathOf("peer"), "value");

        Assert.Equal($"{SharedLayout.Of<Leaves>().Fingerprint:x}\n", fingerprint);
        Leaves expected = Sample();
        expected.@int = 77;
        expected.Tint = Tint.None;
        expected.Guid = new Guid("00112233-4455-6677-8899-aabbccddee00");
        expected.Cells[2].Value = long.MinValue;
        expected.Corner.Kind = 255;
        expected.Complex = new Complex(1, -2);
        Assert.Equal(Bytes(expected), await File.ReadAllBytesAsync(PathOf("value")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static unsafe Leaves Sample()
    {
        Leaves value = default;
        value.Signed8 = -8;
        value.Unsigned16 = 65000;
        value.@int = -2_000_000_000;
        value.Unsigned64 = 18446744073709551000;
        value.Single = 1.5f;
        value.Double = -0.25;
        value.Half = (Half)1;
        value.Tint = Tint.Red;
        value.Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        value.Duration = TimeSpan.FromSeconds(1.5);
        value.Day = DateOnly.FromDayNumber(738840);
        value.Time = new TimeOnly(12, 0);
        value.Rune = new Rune(0x1f600);
        value.Complex = new Complex(1, 2);
        value.Vector = new Vector3(1, 2, 3);
        value.Corner = new Corner { Kind = 9, Value = -9 };
        for (int i = 0; i < 4; i++)
        {
            value.Cells[i] = new Corner { Kind = (byte)(i + 1), Value = -i - 1 };
        }

        for (int i = 0; i < 3; i++)
        {
            value.Text[i] = (ushort)('a' + i);
        }

        return value;
    }

    private static byte[] Bytes(Leaves value) => MemoryMarshal.AsBytes(new ReadOnlySpan<Leaves>(in value)).ToArray();

    private string PathOf(string name) => Path.Combine(_folder, name);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
