namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>One method for each way of calling; what the handler does is up to the test.</summary>
[IpcService(Name = "tests.probe")]
public partial interface IProbe
{
    int Run(int value);

    void RunVoid(int value);

    Task<int> RunTaskAsync(int value, CancellationToken cancellationToken = default);

    Task RunPlainTaskAsync(int value);

    ValueTask<int> RunAsync(int value, CancellationToken cancellationToken = default);

    ValueTask RunPlainAsync(int value);

    ValueTask<int> RunWithoutTokenAsync(int value);

    ValueTask<byte[]> RunBytesAsync(byte[] bytes, CancellationToken cancellationToken = default);

    [IpcMethod(TimeoutMilliseconds = 150)]
    ValueTask<int> RunBrieflyAsync(int value, CancellationToken cancellationToken = default);

    [OneWay]
    void Send(int value);

    [OneWay]
    ValueTask SendAsync(int value, CancellationToken cancellationToken = default);

    [OneWay]
    ValueTask SendBytesAsync(byte[] bytes, CancellationToken cancellationToken = default);
}
