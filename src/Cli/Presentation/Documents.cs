using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Contracts.Ipc.Cli.Benchmarking;
using Contracts.Ipc.Cli.Calling;
using Contracts.Ipc.Cli.Cleaning;
using Contracts.Ipc.Cli.Describing;
using Contracts.Ipc.Cli.Doctor;
using Contracts.Ipc.Cli.Headers;
using Contracts.Ipc.Cli.Listing;
using Contracts.Ipc.Cli.Monitoring;
using Contracts.Ipc.Cli.Outcomes;

namespace Contracts.Ipc.Cli.Presentation;

/// <summary>
/// The documents that <c>--json</c> prints. Their shapes are documented in docs/cli.md: members are added, never renamed or removed.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(ErrorReport))]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(HeaderListing))]
[JsonSerializable(typeof(EndpointListing))]
[JsonSerializable(typeof(Description))]
[JsonSerializable(typeof(CallOutcome))]
[JsonSerializable(typeof(MonitorLine))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(CleaningReport))]
internal sealed partial class Documents : JsonSerializerContext
{
    /// <summary>The shapes, with letters of all languages as they are; the documents are not put into web pages.</summary>
    public static Documents Shapes { get; } = new(WithConverters(writeIndented: true));

    /// <summary>The same, a document a line.</summary>
    public static Documents Lines { get; } = new(WithConverters(writeIndented: false));

    /// <summary>Writes one document and ends the line.</summary>
    public static void Write<T>(TextWriter writer, T document, JsonTypeInfo<T> shape)
    {
        writer.WriteLine(JsonSerializer.Serialize(document, shape));
        writer.Flush();
    }

    private static JsonSerializerOptions WithConverters(bool writeIndented) => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters =
        {
            new JsonStringEnumConverter<ExitCode>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Verdict>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<EndpointState>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ObjectFate>(JsonNamingPolicy.CamelCase),
        },
        WriteIndented = writeIndented,

        // A member that does not apply is null where documents stand alone, and left out where they are lines of a stream.
        DefaultIgnoreCondition = writeIndented ? JsonIgnoreCondition.Never : JsonIgnoreCondition.WhenWritingNull,
    };
}
