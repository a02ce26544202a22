namespace Contracts.Ipc.Tests;

/// <summary>A program besides the SDK that a test needs: a compiler of another language.</summary>
internal static class Tool
{
    /// <summary>Skips the test where the program is missing; on a build server, which installs it, that is a failure.</summary>
    /// <param name="name">As it is called.</param>
    /// <returns>The same.</returns>
    internal static string Need(string name)
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
        if (!isThere)
        {
            string message = $"This test needs {name}, which is not installed.";
            Assert.True(Environment.GetEnvironmentVariable("CI") is null, message);
            Assert.Skip(message);
        }

        return name;
    }
}
