namespace Contracts.Ipc.TestPeer;

/// <summary>What a test expects and only the other process can see.</summary>
internal static class Expect
{
    /// <summary>The error that something must end with.</summary>
    internal static async Task<T> ErrorAsync<T>(Func<Task> action)
        where T : Exception
    {
        try
        {
            await action();
        }
        catch (T expected)
        {
            return expected;
        }

        throw new InvalidOperationException("That was expected to fail.");
    }
}
