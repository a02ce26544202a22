using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Contracts.Ipc.Packaging.Tests.Diagnostics;

public sealed class EventIdTests
{
    // All log lines have the one category "Contracts.Ipc", so the number alone tells them apart.
    [Fact]
    public void Every_log_line_has_an_event_id_of_its_own()
    {
        (string Name, int Id)[] lines = [.. typeof(IpcServer).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId ?? -1))
            .Where(line => line.Item2 >= 0)];
        Assert.NotEmpty(lines);
        Assert.Equal([], lines.GroupBy(line => line.Id).Where(group => group.Count() > 1).Select(group => string.Join(", ", group)));
    }
}
