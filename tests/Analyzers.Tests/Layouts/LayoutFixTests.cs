namespace Contracts.Ipc.Analyzers.Tests.Layouts;

public sealed class LayoutFixTests
{
    [Fact]
    public Task Partial_is_added_to_struct_and_surroundings() => VerifyFix.OneAsync(
        "IPC3001", "Make 'Sample' partial", "[SharedLayout]\npublic struct Sample { public int A; }", "[SharedLayout]\npublic partial struct Sample { public int A; }");

    [Fact]
    public Task Partial_is_added_to_every_type_around() => VerifyFix.AllAsync(
        "IPC3002",
        "Make 'Outer' partial",
        "public class Outer { struct Inner { [SharedLayout] partial struct Sample { public int A; } } }",
        "public partial class Outer { partial struct Inner { [SharedLayout] partial struct Sample { public int A; } } }");

    [Fact]
    public Task Automatic_layout_becomes_sequential() => VerifyFix.OneAsync(
        "IPC3006",
        "Use LayoutKind.Sequential",
        "using System.Runtime.InteropServices;\n[SharedLayout]\n[StructLayout(LayoutKind.Auto)]\npublic partial struct Sample { public int A; }",
        "using System.Runtime.InteropServices;\n[SharedLayout]\n[StructLayout(LayoutKind.Sequential)]\npublic partial struct Sample { public int A; }");

    [Fact]
    public Task MarshalAs_is_removed() => VerifyFix.OneAsync(
        "IPC3012",
        "Remove [MarshalAs]",
        "using System.Runtime.InteropServices;\n[SharedLayout]\npublic partial struct Sample\n{\n    // The kind.\n    [MarshalAs(UnmanagedType.I4)]\n    public int A;\n}",
        "using System.Runtime.InteropServices;\n[SharedLayout]\npublic partial struct Sample\n{\n    // The kind.\n    public int A;\n}");

    [Theory]
    [InlineData("IPC3014", "nint", "long")]
    [InlineData("IPC3014", "System.UIntPtr", "ulong")]
    [InlineData("IPC3016", "DateTime", "long")]
    [InlineData("IPC3026", "bool", "byte")]
    [InlineData("IPC3027", "char", "ushort")]
    public Task Types_are_changed_to_what_everybody_reads_alike(string id, string from, string to) => VerifyFix.AllAsync(
        id,
        $"Change the type to '{to}'",
        $"[SharedLayout]\npublic partial struct Sample\n{{\n    public {from} A, B; // two\n    public {from} C;\n}}",
        $"[SharedLayout]\npublic partial struct Sample\n{{\n    public {to} A, B; // two\n    public {to} C;\n}}");

    [Fact]
    public async Task A_type_deeper_inside_is_not_touched_from_outside()
        => Assert.Empty(await VerifyFix.TitlesAsync("IPC3026", "[SharedLayout] public partial struct Sample { public Inner Inner; }", "public struct Inner { public bool A; }"));

    [Fact]
    public Task A_property_becomes_a_field() => VerifyFix.AllAsync(
        "IPC3023",
        "Make 'A' a field",
        "[SharedLayout]\npublic partial struct Sample\n{\n    /// <summary>One.</summary>\n    public int A { get; set; } // first\n\n    internal long B { get; set; }\n}",
        "[SharedLayout]\npublic partial struct Sample\n{\n    /// <summary>One.</summary>\n    public int A; // first\n\n    internal long B;\n}");

    [Fact]
    public async Task A_property_that_does_more_than_a_field_stays()
        => Assert.Empty(await VerifyFix.TitlesAsync("IPC3023", "[SharedLayout] public partial struct Sample { public int A { get; init; } }"));

    [Fact]
    public Task An_enum_gets_its_base() => VerifyFix.OneAsync(
        "IPC3025",
        "Write the base of 'Color': int",
        "[SharedLayout] public partial struct Sample { public Color Color; }\npublic enum Color // bright\n{\n    Red,\n}",
        "[SharedLayout] public partial struct Sample { public Color Color; }\npublic enum Color : int // bright\n{\n    Red,\n}");

    [Fact]
    public async Task A_struct_that_is_used_as_shared_is_marked()
    {
        const string Before = "/// <summary>One.</summary>\npublic struct Sample { public int A; }\npublic class Program { private SharedSegment<Sample>? _segment; }";
        using FixProject project = await FixProject.OpenAsync(Before, "");
        var (_, action) = Assert.Single(await project.OfferAsync("IPC3030"));
        Assert.Equal("Mark 'Sample' [SharedLayout]", action.Title);
        await project.ApplyAsync(action);
        Assert.Equal(
            "/// <summary>One.</summary>\n[SharedLayout]\npublic partial struct Sample { public int A; }\npublic class Program { private SharedSegment<Sample>? _segment; }",
            await project.TextAsync());
        Assert.Empty(await TestProject.AnalyzeAsync(await project.CompileAsync()));
    }
}
