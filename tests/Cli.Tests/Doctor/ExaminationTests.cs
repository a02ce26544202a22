using Contracts.Ipc.Cli.Doctor;
using Contracts.Ipc.Cli.Doctor.Checks;

namespace Contracts.Ipc.Cli.Tests.Doctor;

public sealed class ExaminationTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void On_a_machine_as_distributions_ship_it_all_is_well()
    {
        Diagnosis diagnosis = Diagnosis.Of(Examination.Of(_machine));
        Assert.Equal(Verdict.Ok, diagnosis.Verdict);
        Assert.All(diagnosis.Findings, finding => Assert.Null(finding.Advice));
        Assert.All(diagnosis.Findings, finding => Assert.NotNull(finding.Value));
    }

    [Fact]
    public void Dockers_64_MiB_of_shared_memory_are_a_warning_that_names_the_option()
    {
        _machine.SharedMemory = (64L << 20, 64L << 20);
        Assert.Contains("--shm-size", Warning("/dev/shm, size").Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_memory_that_is_nearly_full_is_a_warning_that_names_clean()
    {
        _machine.SharedMemory = (1L << 30, 1L << 20);
        Assert.Contains("ipc clean", Warning("/dev/shm, free").Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void No_shared_memory_is_an_error()
    {
        _machine.SharedMemory = null;
        Assert.Equal(Verdict.Error, Find("/dev/shm").Verdict);
    }

    [Fact]
    public void Too_few_queue_bytes_are_a_warning_that_names_ulimit()
    {
        _machine.Limits[Resource.QueueBytes] = new ResourceLimit(4096, 4096);
        Assert.Contains("ulimit -q", Warning("RLIMIT_MSGQUEUE, bytes").Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_without_POSIX_queues_is_a_warning_and_the_rest_is_still_looked_at()
    {
        _ = _machine.Files.Remove("/proc/sys/fs/mqueue/msg_max");
        Assert.Contains("CONFIG_POSIX_MQUEUE", Warning("POSIX queues").Advice, StringComparison.Ordinal);
        Assert.Equal(Verdict.Ok, Find("kernel.msgmax").Verdict);
    }

    [Theory]
    [InlineData("/proc/sys/fs/mqueue/queues_max", "8", "fs.mqueue.queues_max")]
    [InlineData("/proc/sys/kernel/msgmnb", "4096", "kernel.msgmnb")]
    [InlineData("/proc/sys/kernel/msgmni", "16", "kernel.msgmni")]
    [InlineData("/proc/sys/fs/pipe-max-size", "4096", "fs.pipe-max-size")]
    [InlineData("/proc/sys/fs/pipe-user-pages-soft", "64", "fs.pipe-user-pages-soft")]
    public void A_limit_below_what_a_transport_needs_is_a_warning_with_the_command_that_raises_it(string file, string value, string name)
    {
        _machine.Files[file] = value;
        Assert.Contains("sysctl ", Warning(name).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Nearly_all_System_V_queues_in_use_are_a_warning()
    {
        _machine.Files["/proc/sys/kernel/msgmni"] = "600";
        _machine.Files["/proc/sysvipc/msg"] = "key msqid\n" + string.Join('\n', Enumerable.Repeat("0 1", 590));
        Assert.Equal("590 of 600", Warning("queues in use").Value);
    }

    [Fact]
    public void A_directory_that_others_may_use_is_an_error_with_the_reason()
    {
        _machine.Directory = (null, "its mode is 0777");
        Finding finding = Find("of endpoints");
        Assert.Equal(Verdict.Error, finding.Verdict);
        Assert.Equal("its mode is 0777", finding.Advice);
    }

    [Theory]
    [InlineData(KernelFeature.SealedMemory, "memfd with seals", Verdict.Error)]
    [InlineData(KernelFeature.RobustMutexes, "robust mutexes", Verdict.Error)]
    [InlineData(KernelFeature.ProcessDescriptors, "pidfd", Verdict.Warning)]
    [InlineData(KernelFeature.FutexVectors, "futex_waitv", Verdict.Note)]
    internal void A_missing_feature_weighs_as_much_as_what_depends_on_it(KernelFeature feature, string name, Verdict verdict)
    {
        _ = _machine.Missing.Add(feature);
        Finding finding = Find(name);
        Assert.Equal(verdict, finding.Verdict);
        Assert.NotNull(finding.Advice);
    }

    [Fact]
    public void One_processor_is_a_warning()
    {
        _machine.Files["/proc/self/status"] = "Cpus_allowed_list:\t3";
        Assert.Equal("3 of 0-7", Warning("allowed of online").Value);
    }

    [Fact]
    public void A_quota_of_one_processor_is_a_warning_and_none_is_not_mentioned()
    {
        _machine.Files["/sys/fs/cgroup/cpu.max"] = "100000 100000";
        Assert.Equal("1", Warning("quota (cpu.max)").Value);
        _machine.Files["/sys/fs/cgroup/cpu.max"] = "max 100000";
        Assert.DoesNotContain(Examination.Of(_machine), finding => finding.Name == "quota (cpu.max)");
    }

    [Theory]
    [InlineData("0-3,8", 5)]
    [InlineData("7", 1)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Lists_of_processors_are_counted(string? list, int count) => Assert.Equal(count, ProcessorChecks.Count(list));

    [Theory]
    [InlineData("/.dockerenv", "docker")]
    [InlineData("/run/.containerenv", "podman")]
    public void A_container_is_recognised_and_worth_a_note(string file, string kind)
    {
        _machine.Files[file] = "";
        Finding finding = Find("in a container");
        Assert.Equal(kind, finding.Value);
        Assert.Equal(Verdict.Note, finding.Verdict);
    }

    private Finding Find(string name) => Assert.Single(Examination.Of(_machine), finding => finding.Name == name);

    private Finding Warning(string name)
    {
        Finding finding = Find(name);
        Assert.Equal(Verdict.Warning, finding.Verdict);
        return finding;
    }
}
