// The caller's view of IPeer.Block, as a task: whether a member is synchronous is each side's own business and does not travel.
namespace Contracts.Ipc.Integration.Tests.Contracts;

[IpcService(Name = "tests.peer")]
public partial interface IBlocking
{
    ValueTask<int> Block(int value);
}
