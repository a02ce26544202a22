using System.Xml.Linq;

namespace Contracts.Ipc.Packaging.Tests.Package;

public sealed class PackageLayoutTests(PackedPackage package) : IClassFixture<PackedPackage>
{
    [Fact]
    public void The_package_holds_the_runtime_what_the_compiler_loads_and_what_the_build_does_and_nothing_else() => Assert.Equal(
        [
            "CHANGELOG.md",
            "README.md",
            "analyzers/dotnet/cs/Contracts.Ipc.Analyzers.dll",
            "analyzers/dotnet/cs/Contracts.Ipc.CodeFixes.dll",
            "analyzers/dotnet/cs/Contracts.Ipc.Generators.dll",
            "buildTransitive/Contracts.Ipc.targets",
            "include/contracts_shared.h",
            "lib/net10.0/Contracts.Ipc.dll",
            "lib/net10.0/Contracts.Ipc.xml",
        ],
        package.Files);

    [Fact]
    public void The_symbols_come_in_a_package_of_their_own()
        => Assert.Equal(["lib/net10.0/Contracts.Ipc.pdb"], package.SymbolFiles);

    [Fact]
    public void The_only_dependencies_are_the_abstraction_of_logging_and_what_makes_FIFOs()
    {
        XElement group = Assert.Single(Value("dependencies").Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")?.Value);
        Assert.Equal(
            ["Microsoft.Extensions.Logging.Abstractions", "Mono.Posix.NETStandard"],
            group.Elements().Select(static dependency => dependency.Attribute("id")?.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_names_its_licence_and_its_readme()
    {
        Assert.Equal("Contracts.Ipc", Value("id").Value);
        Assert.Equal("MIT", Value("license").Value);
        Assert.Equal("expression", Value("license").Attribute("type")?.Value);
        Assert.Equal("README.md", Value("readme").Value);
        Assert.NotEmpty(Value("description").Value);
        Assert.NotEmpty(Value("tags").Value);
    }

    private XElement Value(string name) => package.Metadata.Elements().Single(element => element.Name.LocalName == name);
}
