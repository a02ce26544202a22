// Descriptors, children and files are counted for the whole process, and some tests keep every processor busy: one test at a time.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
