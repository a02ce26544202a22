// One process publishes a struct into shared memory at full speed; others read it meanwhile, in .NET and in C.
//
//   Sample.cs     the struct
//   Producer.cs   writes it
//   Reader.cs     copies it as often as it can; reader.c does the same in C
//   Watcher.cs    sleeps until it changes
//   Session.cs    starts them all, waits, and prints what they did
//
// Without arguments this program is the one that starts the others: itself in another role, and the program in C.

using System.Runtime.Versioning;
using Telemetry;

[assembly: SupportedOSPlatform("linux")]

switch (args)
{
    case [nameof(Producer), string name]:
        Child.Run(Producer.Run, name);
        return 0;
    case [nameof(Reader), string name]:
        Child.Run(Reader.Run, name);
        return 0;
    case [nameof(Watcher), string name]:
        Child.Run(Watcher.Run, name);
        return 0;
}

if (!OperatingSystem.IsLinux())
{
    Console.WriteLine("Shared segments need Linux.");
    return 1;
}

return await Session.RunAsync() ? 0 : 1;
