using System.Buffers;
using System.Text.Json;
using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Introspection;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>Calls a service by its schema, with JSON in both directions.</summary>
/// <param name="connection">To the server.</param>
/// <param name="schema">Of the contract.</param>
/// <param name="instance">The service's name; empty for the default instance.</param>
internal sealed class DynamicContract(IpcConnection connection, ContractSchema schema, string instance = "")
{
    /// <summary>Calls a method.</summary>
    /// <param name="method">One of the schema's.</param>
    /// <param name="arguments">An object by the names of parameters, or an array by their positions; undefined for none.</param>
    /// <param name="options">How the call is made; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="JsonMismatchException">The JSON does not fit; nothing was sent.</exception>
    /// <exception cref="DynamicFaultException">The service threw a fault that the contract declares.</exception>
    internal async ValueTask<DynamicResult> CallAsync(MethodSchema method, JsonElement arguments, IpcCallOptions? options, CancellationToken cancellationToken)
    {
        byte[] payload = WriteArguments(method, arguments);
        RawProxy proxy = connection.GetRawProxy(schema.Name, instance, options);
        var raw = new RawMethod(schema.Name, method.WireName, new IpcMethodOptions
        {
            OneWay = method.IsOneWay,
            Idempotent = method.IsIdempotent,
            TimeoutMilliseconds = method.TimeoutMilliseconds,
            Priority = method.Priority,
            Faults = [.. method.Faults.Keys.Select(static name => new RawFaultType(name))],
        });
        if (method.IsOneWay)
        {
            await proxy.PostAsync(raw, payload, cancellationToken).ConfigureAwait(false);
            return default;
        }

        try
        {
            return new DynamicResult(method.Result, await proxy.CallAsync(raw, payload, cancellationToken).ConfigureAwait(false));
        }
        catch (RawFaultException fault)
        {
            string detail = new DynamicResult(method.Faults[fault.FaultType], fault.Detail).ToJson(indented: false);
            throw new DynamicFaultException(fault.FaultType, fault.Message, detail);
        }
    }

    /// <summary>The array of arguments as MessagePack.</summary>
    internal static byte[] WriteArguments(MethodSchema method, JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        (JsonElement Value, JsonPath Path)?[] given = Arrange(method, arguments);

        // What is left out at the end gets its default there; before an argument that was given, the declared one is sent.
        int count = given.Length;
        while (count > method.RequiredCount && given[count - 1] is null)
        {
            count--;
        }

        writer.WriteArrayHeader(count);
        for (int i = 0; i < count; i++)
        {
            ParameterSchema parameter = method.Parameters[i];
            if (given[i] is { } argument)
            {
                parameter.Type.Write(ref writer, argument.Value, argument.Path);
            }
            else if (parameter.IsOptional)
            {
                DefaultArgument.Write(ref writer, parameter);
            }
            else
            {
                throw new JsonMismatchException(JsonPath.Root.Member(parameter.Name), parameter.Type.Expected, "nothing");
            }
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (JsonElement Value, JsonPath Path)?[] Arrange(MethodSchema method, JsonElement arguments)
    {
        var given = new (JsonElement Value, JsonPath Path)?[method.Parameters.Count];
        switch (arguments.ValueKind)
        {
            case JsonValueKind.Undefined:
                break;
            case JsonValueKind.Array when arguments.GetArrayLength() <= given.Length:
                for (int i = 0; i < arguments.GetArrayLength(); i++)
                {
                    given[i] = (arguments[i], JsonPath.Root.Item(i));
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in arguments.EnumerateObject())
                {
                    JsonPath path = JsonPath.Root.Member(property.Name);
                    given[PositionOf(method, property.Name, path)] = (property.Value, path);
                }

                break;
            default:
                throw new JsonMismatchException(JsonPath.Root, Expected(method), arguments);
        }

        return given;
    }

    private static int PositionOf(MethodSchema method, string name, JsonPath path)
    {
        int[] exact = [.. Positions(method, name, StringComparison.Ordinal)];
        int[] found = exact.Length > 0 ? exact : [.. Positions(method, name, StringComparison.OrdinalIgnoreCase)];
        return found is [int only] ? only : throw new JsonMismatchException(path, Expected(method), "a parameter that it does not have");
    }

    private static IEnumerable<int> Positions(MethodSchema method, string name, StringComparison comparison)
        => Enumerable.Range(0, method.Parameters.Count).Where(i => method.Parameters[i].Name.Equals(name, comparison));

    private static string Expected(MethodSchema method) => method.Parameters.Count == 0
        ? $"no arguments, for {method.Name} takes none"
        : $"the arguments of {method.Name} ({string.Join(", ", method.Parameters.Select(static parameter => $"{parameter.Name}{(parameter.IsOptional ? "?" : "")}: {parameter.TypeName}"))})";
}

/// <summary>What a call gave back.</summary>
/// <param name="type">Of the result; null if there is none.</param>
/// <param name="messagePack">The result.</param>
internal readonly struct DynamicResult(Types.WireType? type, ReadOnlyMemory<byte> messagePack)
{
    /// <summary>False for methods without result and one-way methods.</summary>
    internal bool HasValue => type is not null;

    /// <exception cref="IpcSerializationException">The server sent something else than its declaration says.</exception>
    internal void WriteTo(Utf8JsonWriter json)
    {
        if (type is null)
        {
            json.WriteNullValue();
            return;
        }

        var reader = new MessagePackReader(messagePack.Span);
        type.Read(ref reader, json);
        reader.ThrowIfNotAtEnd();
    }

    internal string ToJson(bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = JsonText.Encoder }))
        {
            WriteTo(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>A fault that the contract declares.</summary>
/// <param name="faultType">The detail's full type name.</param>
/// <param name="message">The handler's sentence.</param>
/// <param name="detailJson">The detail.</param>
internal sealed class DynamicFaultException(string faultType, string message, string detailJson) : Exception(message)
{
    internal string FaultType { get; } = faultType;

    internal string DetailJson { get; } = detailJson;
}
