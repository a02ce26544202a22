using Contracts.Ipc;

namespace PluginHost;

/// <summary>What a plugin does for the host.</summary>
[IpcService]
public partial interface ITextFilter
{
    ValueTask<string> ApplyAsync(string text, CancellationToken cancellationToken = default);
}

/// <summary>What the host does for its plugins, over the same connection.</summary>
[IpcService]
public partial interface IHost
{
    ValueTask<string> GetSettingAsync(string name, CancellationToken cancellationToken = default);
}
