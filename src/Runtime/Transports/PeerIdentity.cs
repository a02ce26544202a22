namespace Contracts.Ipc;

/// <summary>
/// Who is on the other side, as the kernel tells it. Values that the transport cannot know are null.
/// </summary>
/// <param name="UserId">The effective user id when the connection was made.</param>
/// <param name="GroupId">The effective group id when the connection was made.</param>
/// <param name="ProcessId">
/// The process that made the connection. For logs and liveness only: a pid can be reused and must never authorise anything.
/// </param>
/// <param name="UserName">The user's name, where the transport gives a name instead of an id (Windows named pipes).</param>
public readonly record struct PeerIdentity(uint? UserId = null, uint? GroupId = null, int? ProcessId = null, string? UserName = null);
