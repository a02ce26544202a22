namespace Contracts.Ipc.Packaging.Tests.Package;

/// <summary>A project file of a user outside of the repository, with what the package gives to it.</summary>
internal static class UserProject
{
    /// <param name="package">Whose libraries, analyzers and targets it has.</param>
    /// <param name="folder">Where it is written, as <c>User.csproj</c>.</param>
    /// <param name="properties">Elements of its own for the property group.</param>
    internal static async Task WriteUserAsync(this PackedPackage package, string folder, string properties)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "User.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <UseSharedCompilation>false</UseSharedCompilation>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{package.Folder}/lib/net10.0/Contracts.Ipc.dll" />
                <Analyzer Include="{package.Folder}/analyzers/dotnet/cs/*.dll" />
              </ItemGroup>
              <Import Project="{package.Folder}/buildTransitive/Contracts.Ipc.targets" />
            </Project>
            """);

        // Whatever stands in the folders above is not part of the user's project.
        foreach (string file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), "<Project />");
        }
    }
}
