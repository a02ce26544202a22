using System.Runtime.CompilerServices;

namespace Contracts.Ipc.Packaging.Tests.PublicApi;

/// <summary>Pins what users can see, so that no change of it goes unnoticed.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        string file = Path.Combine(Path.GetDirectoryName(ThisFile())!, "PublicApi.approved.txt");
        string actual = ApiListing.Of(typeof(IpcServer).Assembly);
        if (Environment.GetEnvironmentVariable("CONTRACTS_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, actual);
        }

        string[] approved = File.ReadAllLines(file);
        string[] found = actual.TrimEnd('\n').Split('\n');
        string[] difference = [.. approved.Except(found).Select(line => "- " + line), .. found.Except(approved).Select(line => "+ " + line)];
        Assert.True(
            approved.SequenceEqual(found),
            $"The public API has changed. If that is wanted, run this test with CONTRACTS_UPDATE_SNAPSHOTS=1 and review the diff.\n{string.Join('\n', difference)}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
