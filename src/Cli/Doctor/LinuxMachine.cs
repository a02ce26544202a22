using System.Runtime.InteropServices;

namespace Contracts.Ipc.Cli.Doctor;

/// <summary>This machine.</summary>
internal sealed unsafe partial class LinuxMachine : Machine
{
    public override string KernelRelease => Read("/proc/sys/kernel/osrelease") ?? "?";

    public override string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override ResourceLimit? LimitOf(Resource resource)
    {
        ResourceLimit limit;
        return GetLimit((int)resource, &limit) == 0 ? limit : null;
    }

    public override bool Offers(KernelFeature feature) => feature switch
    {
        KernelFeature.SealedMemory => KernelTrials.SealsMemory(),
        KernelFeature.ProcessDescriptors => KernelTrials.OpensProcesses(),
        KernelFeature.PeerProcessDescriptors => KernelTrials.TellsPeerProcesses(),
        KernelFeature.RobustMutexes => KernelTrials.RecoversMutexes(),
        KernelFeature.FutexVectors => KernelTrials.WaitsForManyWords(),
        KernelFeature.PosixSetUpLibrary => KernelTrials.LoadsPosixHelper(),
        _ => throw new ArgumentOutOfRangeException(nameof(feature)),
    };

    public override (long Size, long Free)? RoomOf(string path)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                return null;
            }

            var drive = new DriveInfo(path);
            return (drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public override string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public override (string? Path, string? Objection) UserDirectory()
    {
        try
        {
            return (Transports.UserDirectory.Get(), null);
        }
        catch (IpcException exception)
        {
            return (null, exception.Message);
        }
    }

    // rlim_t has 64 bits on every 64-bit system, whatever libc.
    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, ResourceLimit* limit);
}
