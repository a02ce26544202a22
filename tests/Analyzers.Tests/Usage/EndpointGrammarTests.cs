using Contracts.Ipc.Analyzers.Usage.Endpoints;

namespace Contracts.Ipc.Analyzers.Tests.Usage;

/// <summary>What the analyzers take for an endpoint is what the runtime takes for one.</summary>
public sealed class EndpointGrammarTests(ITestOutputHelper output)
{
    private static readonly string[] Schemes = ["unix", "shm", "pipe", "fifo", "mq", "sysv", "signal", "device", "stdio", "inproc", "tcp", "UNIX", "", "x y"];

    private static readonly string[] Addresses =
    [
        "", "calculator", "a", "9", "-a", ".a", "_a", "a-b_c.d", "a b", "ä", "a/b", "/run/a.sock", "/", "/a b", "/a\0b", "a\0b", "a:b", "//a", "~/a", "./a", "a\\b", "?", "a?b=c",
        new('a', 64), new('a', 65), "/" + new string('a', 200), "/dev/ttyS0", "/dev/ttyS0?baud=9600", "/dev/ttyS0?baud=0", "/dev/ttyS0?baud=+5", "/dev/ttyS0?baud=20000001", "/dev/ttyS0?",
        "/dev/ttyS0?baud=9600&flow=hardware&carrier=watch", "/dev/ttyS0?flow=soft", "/dev/ttyS0?flow=none&carrier=ignore", "ttyS0?baud=9600", "?baud=9600",
    ];

    [Fact]
    public void Both_agree_about_every_scheme_with_every_address()
        => Assert.All(Schemes.SelectMany(scheme => Addresses.Select(address => $"{scheme}:{address}")).Concat(Addresses), AssertAgree);

    [Fact]
    public void Both_agree_about_random_texts()
    {
        int seed = Environment.GetEnvironmentVariable("CONTRACTS_TEST_SEED") is { } given ? (int)ulong.Parse(given, provider: null) : Random.Shared.Next();
        output.WriteLine($"CONTRACTS_TEST_SEED={seed}");
        var random = new Random(seed);
        const string Characters = "abZ09._-:/? \0\\äß=&";
        for (int i = 0; i < 20_000; i++)
        {
            string text = new(random.GetItems<char>(Characters, random.Next(0, 12)));
            AssertAgree(random.Next(4) == 0 ? text : $"{Schemes[random.Next(Schemes.Length)]}:{text}");
        }
    }

    [Theory]
    [InlineData("calculator", "unix:calculator")]
    [InlineData("Unix:calculator", "unix:calculator")]
    [InlineData("unx:calculator", "unix:calculator")]
    [InlineData("pipe:\\\\.\\pipe\\calculator", "pipe:calculator")]
    [InlineData("mq:/calculator", "mq:calculator")]
    [InlineData("unix:my calculator", "unix:my-calculator")]
    [InlineData("stdio:in", "stdio:")]
    [InlineData("device:ttyS0", "device:/dev/ttyS0")]
    [InlineData("/run/calculator.sock", "unix:/run/calculator.sock")]
    [InlineData("http:calculator", null)]
    [InlineData("", null)]
    [InlineData("unix:", null)]
    public void A_correction_is_an_endpoint_that_was_probably_meant(string written, string? corrected)
    {
        Assert.Equal(corrected, EndpointCorrection.Of(written));
        Assert.True(corrected is null || IpcEndpoint.TryParse(corrected, out _));
    }

    private static void AssertAgree(string text)
    {
        // A path as Windows writes it may be right there; where the code will run is not known to the compiler.
        if (text.IndexOf(':', StringComparison.Ordinal) is int colon && (text.AsSpan(colon + 1).StartsWith("\\") || (text.Length > colon + 3 && text[colon + 2] == ':')))
        {
            return;
        }

        string? objection = EndpointGrammar.Objection(text);
        Assert.True(IpcEndpoint.TryParse(text, out _) == objection is null, $"'{text}': the analyzers say '{objection}'.");
    }
}
