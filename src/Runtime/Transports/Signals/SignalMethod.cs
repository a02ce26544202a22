namespace Contracts.Ipc.Transports.Signals;

/// <summary>A method that a server offers as a signal.</summary>
/// <param name="Id">Its id on the wire.</param>
/// <param name="FullName">Contract and method.</param>
internal readonly record struct SignalMethod(ulong Id, string FullName);
