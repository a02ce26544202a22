using System.Globalization;
using Contracts.Ipc.Integration.Tests.Contracts;

namespace Contracts.Ipc.TestPeer;

/// <summary>Both sides of a contract that travels as signals.</summary>
internal static class AlarmRole
{
    /// <summary>Serves until SIGTERM; says "ready", then "drained". Answers each line of its input with the counts of what came, also after it was drained, and ends with its input.</summary>
    internal static async Task ServeAsync(IpcEndpoint endpoint)
    {
        using var listening = new ListeningSignal();
        await using var server = new IpcServer(new IpcServerOptions { LoggerFactory = listening });
        var alarm = new Alarm();
        server.AddService<IAlarm>(alarm);
        Task running = server.RunAsync(endpoint);
        _ = await Task.WhenAny(listening.Begun, running);
        Console.WriteLine("ready");
        Task saying = SayAsync(running);
        while (await Console.In.ReadLineAsync() is not null)
        {
            (int rings, int snoozes, int stops) = alarm.Counts;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rings} {snoozes} {stops}"));
        }

        if (running.IsCompleted)
        {
            await saying;
        }
    }

    /// <summary>Rings so many times, and says "rung".</summary>
    internal static async Task RingAsync(IpcEndpoint endpoint, int times)
    {
        await using IpcConnection connection = await IpcConnection.ConnectAsync(endpoint);
        IAlarm alarm = connection.GetProxy<IAlarm>();
        for (int i = 0; i < times; i++)
        {
            alarm.Ring();
        }

        // In good order: what a full queue has kept back goes out first.
        await connection.CloseAsync();
        Console.WriteLine("rung");
    }

    private static async Task SayAsync(Task running)
    {
        await running;
        Console.WriteLine("drained");
    }
}
