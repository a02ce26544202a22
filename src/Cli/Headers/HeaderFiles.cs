namespace Contracts.Ipc.Cli.Headers;

/// <summary>Writes headers where a C project finds them.</summary>
internal static class HeaderFiles
{
    /// <summary>Writes what differs. A file with the same text keeps its time, so that nothing is compiled again for it.</summary>
    public static HeaderListing Write(HeaderListing listing, string directory)
    {
        _ = Directory.CreateDirectory(directory);
        return listing with { Directory = directory, Headers = [.. listing.Headers.Select(header => header with { IsChanged = Write(header, directory) })] };
    }

    private static bool Write(Header header, string directory)
    {
        string path = Path.Combine(directory, header.File);
        if (File.Exists(path) && File.ReadAllText(path) == header.Text)
        {
            return false;
        }

        File.WriteAllText(path, header.Text);
        return true;
    }
}
