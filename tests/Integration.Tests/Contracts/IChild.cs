namespace Contracts.Ipc.Integration.Tests.Contracts;

/// <summary>What a child process does at the test's bidding, over its standard input and output.</summary>
[IpcService(Name = "tests.child")]
public partial interface IChild
{
    ValueTask<int> EchoAsync(int value);

    ValueTask<byte[]> EchoBytesAsync(byte[] bytes);

    /// <summary>Ends only when its token fires.</summary>
    ValueTask<int> HangAsync(CancellationToken cancellationToken = default);

    /// <summary>Answers after a while.</summary>
    ValueTask<int> SleepAsync(int milliseconds);

    /// <summary>Prints a line in one of the ways that a program has.</summary>
    ValueTask PrintAsync(PrintedBy how, string line);

    /// <summary>Prints many lines to standard error and returns when all are written.</summary>
    ValueTask FloodAsync(int lines);

    /// <summary>What <see cref="Console.ReadLine"/> says.</summary>
    ValueTask<string?> ReadLineAsync();

    /// <summary>What this process has open, by number.</summary>
    ValueTask<Dictionary<int, string>> DescriptorsAsync();

    /// <summary>Listens at stdio: once more.</summary>
    /// <returns>What the error says.</returns>
    ValueTask<string> ListenAgainAsync();

    /// <summary>Calls the same on the parent.</summary>
    ValueTask<int> EchoByParentAsync(int value);

    /// <summary>Leaves behind a process that holds what programs started by this one inherit.</summary>
    /// <returns>Its id.</returns>
    ValueTask<int> StartLongAsync();

    [OneWay]
    ValueTask EndAsync(EndedBy how);
}

/// <summary>Ways to print.</summary>
public enum PrintedBy
{
    Console,
    WriterFromBefore,
    StreamFromBefore,
    NativeCode,
    Grandchild,
    StandardError,
}

/// <summary>Ways to end.</summary>
public enum EndedBy
{
    Exit7,
    FailFast,
    UnhandledException,
    Kill,
}
