using Xunit.v3;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>The test shows a source that <paramref name="id"/> rejects.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RejectsAttribute(string id) : Attribute, ITraitAttribute
{
    internal string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Rejects", Id)];
}

/// <summary>The test shows a source that comes close and that <paramref name="id"/> accepts.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AcceptsAttribute(string id) : Attribute, ITraitAttribute
{
    internal string Id { get; } = id;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Accepts", Id)];
}
