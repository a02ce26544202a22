namespace Contracts.Ipc.Cli.CommandLine;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate that takes the fewest changes of a letter, if they are few; null otherwise.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="candidates">What there is.</param>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        int bound = Math.Max(1, word.Length / 3);
        return candidates
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance <= bound)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    // Letters inserted, removed, exchanged, or swapped with their neighbour; case does not count.
    private static int Distance(string left, string right)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(left, right, i, j, cost);
            }
        }

        return cost[left.Length, right.Length];
    }

    private static int Cheapest(string left, string right, int i, int j, int[,] cost)
    {
        int exchanged = cost[i - 1, j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
        int best = Math.Min(exchanged, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        bool isSwap = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
        return isSwap ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
