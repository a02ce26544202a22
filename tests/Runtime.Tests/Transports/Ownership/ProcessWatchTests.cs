using System.Diagnostics;
using System.Globalization;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Ownership;

namespace Contracts.Ipc.Runtime.Tests.Transports.Ownership;

/// <summary>The end of a process is told once, soon, and never for another process of the same number.</summary>
[Collection(nameof(OwnRuntimeDirectory))]
public sealed class ProcessWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_process_is_told_once_within_100_ms(bool hasPidDescriptors)
    {
        using Process sleeper = Process.Start("/bin/sleep", "1000");
        try
        {
            ProcessDescriptor.IsSupported = hasPidDescriptors;
            int calls = 0;
            var ended = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            using ProcessWatch watch = ProcessWatch.Start(IdentityOf(sleeper), () =>
            {
                calls++;
                ended.SetResult(Stopwatch.GetTimestamp());
            });
            Assert.False(ended.Task.IsCompleted);
            sleeper.Kill();
            await sleeper.WaitForExitAsync();
            long dead = Stopwatch.GetTimestamp();
            Assert.InRange(Stopwatch.GetElapsedTime(dead, Math.Max(dead, await ended.Task.WaitAsync(Patience))).TotalMilliseconds, 0, 100);
            Assert.Equal(1, calls);
        }
        finally
        {
            ProcessDescriptor.IsSupported = true;
            sleeper.Kill();
        }
    }

    [Fact]
    public void A_process_of_the_same_number_that_started_at_another_time_has_ended()
    {
        ProcessIdentity self = ProcessIdentity.Current;
        int calls = 0;
        using ProcessWatch watch = ProcessWatch.Start(self with { StartTime = self.StartTime + 1 }, () => calls++);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(4_194_305u)] // above the largest pid_max
    public void A_number_that_no_process_can_have_has_ended(uint id)
    {
        int calls = 0;
        using ProcessWatch watch = ProcessWatch.Start(new ProcessIdentity(id, 1), () => calls++);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Nothing_is_told_after_the_watch_was_disposed()
    {
        using Process first = Process.Start("/bin/sleep", "1000");
        int calls = 0;
        ProcessWatch.Start(IdentityOf(first), () => calls++).Dispose();
        var second = new TaskCompletionSource();
        using ProcessWatch marker = ProcessWatch.Start(IdentityOf(first), second.SetResult);
        first.Kill();
        await second.Task.WaitAsync(Patience);
        Assert.Equal(0, calls);
    }

    private static ProcessIdentity IdentityOf(Process process)
    {
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        return new ProcessIdentity((uint)process.Id, ulong.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture));
    }
}
