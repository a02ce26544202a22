using Contracts.Ipc.Cli.CommandLine;
using Contracts.Ipc.Cli.Presentation;

return await IpcTool.RunAsync(args, Host.OfProcess());
