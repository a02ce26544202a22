using Contracts.Ipc.Integration.Tests.Harness;

// Descriptors, children and files are counted for the whole process, and some tests keep every processor busy: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(WarmProcess))]
[assembly: LeavesNothingBehind]
