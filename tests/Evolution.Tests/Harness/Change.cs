namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>
/// One change of a contract: how it was, how it is, and what happens when a client of one version meets a server of the other. Each has a namespace of its own, the
/// same in both versions.
/// </summary>
internal sealed record Change
{
    /// <summary>The number of the rule, 1 to 51.</summary>
    public required int Rule { get; init; }

    /// <summary>The rule that the comparer names, where another one describes it more exactly.</summary>
    public int? NamedRule { get; init; }

    /// <summary>What was changed.</summary>
    public required string Name { get; init; }

    /// <summary>What the rules say of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why a breaking change does not show when two versions meet; null where it does.</summary>
    public string? Latent { get; init; }

    /// <summary>The old contract and its types, C#.</summary>
    public required string Old { get; init; }

    /// <summary>The new contract and its types, C#.</summary>
    public required string New { get; init; }

    /// <summary>The name of the contract's interface in the old version.</summary>
    public string OldContract { get; init; } = "IService";

    /// <summary>The name of the contract's interface in the new version; null if it is gone.</summary>
    public string? NewContract { get; init; } = "IService";

    /// <summary>What the old server answers, or throws: a C# expression.</summary>
    public string OldAnswer { get; init; } = "null";

    /// <summary>What the new server answers, or throws: a C# expression.</summary>
    public string NewAnswer { get; init; } = "null";

    /// <summary>What an old client calls on a new server.</summary>
    public required IReadOnlyList<Call> OldClient { get; init; }

    /// <summary>What a new client calls on an old server.</summary>
    public IReadOnlyList<Call> NewClient { get; init; } = [];

    /// <summary>The namespace of both versions.</summary>
    internal string Namespace => $"Rule{Rule:00}." + string.Concat(Name.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    /// <summary>Everything that is expected of it.</summary>
    internal IEnumerable<Call> Calls => OldClient.Concat(NewClient);

    /// <summary>Whether it is seen when two versions meet.</summary>
    internal bool Breaks => Calls.Any(static call => call.Expected.Effect is Effect.Fails or Effect.Misreads);

    /// <inheritdoc/>
    public override string ToString() => $"{Rule:00} {Name}";

    /// <summary>A contract of these methods, and other types.</summary>
    internal static string Service(string methods, string types = "") => $"[IpcService] public partial interface IService {{ {methods} }}\n{types}";

    /// <summary>A value that travels in both directions, as argument and as result.</summary>
    /// <param name="rule">The number of the rule.</param>
    /// <param name="name">What was changed.</param>
    /// <param name="verdict">What the rules say of it.</param>
    /// <param name="old">The old type, and after a line break whatever belongs to it.</param>
    /// <param name="new">The new type, likewise.</param>
    /// <param name="values">What the old side sends and what the new side sends.</param>
    /// <param name="newReads">What the new side makes of the old value.</param>
    /// <param name="oldReads">What the old side makes of the new value.</param>
    internal static Change OfType(int rule, string name, Verdict verdict, string old, string @new, (string Old, string New) values, Outcome newReads, Outcome oldReads)
        => new()
        {
            Rule = rule,
            Name = name,
            Verdict = verdict,
            Old = Exchange(old),
            New = Exchange(@new),
            OldAnswer = values.Old,
            NewAnswer = values.New,
            OldClient = [Sent(values.Old, newReads), Fetched(oldReads)],
            NewClient = [Sent(values.New, oldReads), Fetched(newReads)],
        };

    /// <summary>A value that travels as an argument only: servers read it.</summary>
    internal static Change OfRequest(int rule, string name, Verdict verdict, string old, string @new, (string Old, string New) values, Outcome newReads, Outcome oldReads)
        => new()
        {
            Rule = rule,
            Name = name,
            Verdict = verdict,
            Old = Service($"Task SendAsync({old} value);"),
            New = Service($"Task SendAsync({@new} value);"),
            OldClient = [Sent(values.Old, newReads)],
            NewClient = [Sent(values.New, oldReads)],
        };

    /// <summary>A value that travels as a result only: clients read it.</summary>
    internal static Change OfResponse(int rule, string name, Verdict verdict, string old, string @new, (string Old, string New) values, Outcome newReads, Outcome oldReads)
        => new()
        {
            Rule = rule,
            Name = name,
            Verdict = verdict,
            Old = Service($"Task<{old}> FetchAsync();"),
            New = Service($"Task<{@new}> FetchAsync();"),
            OldAnswer = values.Old,
            NewAnswer = values.New,
            OldClient = [Fetched(oldReads)],
            NewClient = [Fetched(newReads)],
        };

    /// <summary>As <see cref="OfType"/>, of a type that is named Message.</summary>
    internal static Change OfMessage(int rule, string name, Verdict verdict, string old, string @new, (string Old, string New) values, Outcome newReads, Outcome oldReads)
        => OfType(rule, name, verdict, "Message\n" + old, "Message\n" + @new, values, newReads, oldReads);

    internal static Outcome Reads(string text) => new(text, Effect.Works);

    internal static Outcome Misreads(string text) => new(text, Effect.Misreads);

    internal static Outcome Refuses() => new(nameof(IpcErrorCode.Serialization), Effect.Fails);

    private static string Exchange(string type)
    {
        string[] parts = type.Split('\n', 2);
        return Service($"Task SendAsync({parts[0]} value); Task<{parts[0]}> FetchAsync();", parts.Length > 1 ? parts[1] : "");
    }

    private static Call Sent(string value, Outcome read) => new($"SendAsync({value})", read.Effect == Effect.Fails ? read : read with { Text = $"SendAsync({read.Text})" });

    // What cannot be read comes after the server has heard the call.
    private static Call Fetched(Outcome read) => new("FetchAsync()", read with { Text = $"FetchAsync() = {read.Text}" });
}

/// <summary>What the rules say of a change.</summary>
internal enum Verdict
{
    /// <summary>Old and new work with each other.</summary>
    Compatible,

    /// <summary>They do, but somebody has to look: source code breaks, or a habit.</summary>
    Warning,

    /// <summary>They do not.</summary>
    Breaking,
}
