namespace PluginHost;

/// <summary>A plugin as it should be. It asks the host for what it needs to know.</summary>
internal sealed class Shout(IHost host) : ITextFilter
{
    public async ValueTask<string> ApplyAsync(string text, CancellationToken cancellationToken)
        => text.ToUpperInvariant() + await host.GetSettingAsync("emphasis", cancellationToken);
}

/// <summary>Prints whatever comes to its mind, as libraries of others do. Its standard output is the connection to the host, and nobody notices.</summary>
internal sealed class Chatty : ITextFilter
{
    public Chatty() => Console.WriteLine("I am new here.");

    public ValueTask<string> ApplyAsync(string text, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Somebody wants me to read '{text}'.");
        return new(string.Concat(text.Reverse()));
    }
}

/// <summary>Has a bug that takes the whole process with it.</summary>
internal sealed class Fragile : ITextFilter
{
    public ValueTask<string> ApplyAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Contains("crash", StringComparison.Ordinal))
        {
            Environment.FailFast("The parser has overwritten its own memory.");
        }

        return new(text.Replace(' ', '_'));
    }
}
