// A host whose plugins are child processes: whatever they do to themselves, the host lives.
//
//   ITextFilter.cs     the contracts: what a plugin does for the host, and the host for a plugin
//   Filters.cs         three plugins: one as it should be, one that prints, one that crashes
//   PluginProcess.cs   the plugin's side
//   Plugin.cs          the host's side: starts a plugin, calls it, starts it again when it has died
//   Host.cs            loads the plugins and works with them
//
// Without arguments this program is the host, and starts itself once more for each plugin.

using PluginHost;

if (args is ["plugin", var name])
{
    await PluginProcess.RunAsync(name);
    return;
}

await Host.RunAsync();
