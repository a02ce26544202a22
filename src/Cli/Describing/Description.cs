namespace Contracts.Ipc.Cli.Describing;

/// <summary>What a server offers at an endpoint.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Server">Who.</param>
/// <param name="Contracts">What, in the order of names.</param>
internal sealed record Description(string Endpoint, ServerDescription Server, IReadOnlyList<ContractDescription> Contracts);

/// <summary>A server.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="LibraryVersion">The version of Contracts.Ipc in it.</param>
/// <param name="Runtime">The version of .NET in it.</param>
/// <param name="StartedAt">Since when it serves.</param>
/// <param name="AllowsMonitoring">Whether its calls can be watched.</param>
internal sealed record ServerDescription(string Name, int ProcessId, string LibraryVersion, string Runtime, DateTime StartedAt, bool AllowsMonitoring);

/// <summary>A contract.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Fingerprint">Of what travels, sixteen hexadecimal digits.</param>
/// <param name="Instances">The names under which it is offered; empty for the default one.</param>
/// <param name="Methods">Its methods.</param>
/// <param name="Source">All of it as C#.</param>
internal sealed record ContractDescription(
    string Name, string Fingerprint, IReadOnlyList<string> Instances, IReadOnlyList<MethodDescription> Methods, string Source);

/// <summary>A method.</summary>
/// <param name="Name">In C#.</param>
/// <param name="WireName">On the wire.</param>
/// <param name="Signature">One line of C#.</param>
/// <param name="IsOneWay">Whether nobody answers.</param>
/// <param name="Example">Arguments for <c>ipc call</c>.</param>
internal sealed record MethodDescription(string Name, string WireName, string Signature, bool IsOneWay, string Example);
