using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Contracts.Ipc.Evolution.Tests.Harness;

/// <summary>
/// Values as text, so that those of two versions can be compared: members by their names, enums by name or number, and a case of a union with its type.
/// </summary>
internal static class Rendering
{
    internal static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        Enum constant => constant.ToString(),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable simple when value.GetType().Namespace!.StartsWith("System", StringComparison.Ordinal) => simple.ToString(null, CultureInfo.InvariantCulture),
        bool or char => value.ToString()!,
        IDictionary map => "{" + string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(map[key])}")) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        _ => OfMessage(value),
    };

    internal static string OfCall(MethodInfo method, object?[] arguments)
        => $"{method.Name}({string.Join(", ", arguments.Where(static argument => argument is not CancellationToken).Select(Of))})";

    internal static string OfError(Exception error) => error switch
    {
        IpcFaultException fault => "Fault " + Of(fault.GetType().GetProperty("Detail")!.GetValue(fault)),
        IpcException known => known.Code.ToString(),
        TimeoutException => nameof(IpcErrorCode.DeadlineExceeded),
        _ => throw new InvalidOperationException("An error that no caller expects.", error),
    };

    private static string OfMessage(object value)
    {
        Type type = value.GetType();
        IEnumerable<string> members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetIndexParameters().Length == 0)
            .OrderBy(static property => property.MetadataToken)
            .Select(property => $"{property.Name}: {Of(property.GetValue(value))}");
        bool isCase = !type.IsValueType && type.BaseType!.IsAbstract || type.GetInterfaces().Any(contract => contract.Assembly == type.Assembly);
        return (isCase ? type.Name : "") + "{" + string.Join(", ", members) + "}";
    }
}
