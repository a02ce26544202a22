using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Contracts.Ipc.Cli.Dynamic.Syntax;
using Contracts.Ipc.Cli.Dynamic.Types;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>A contract of which only the declaration is known that its server sent: enough to print it, and to call it with JSON.</summary>
internal sealed class ContractSchema
{
    private const string Token = "CancellationToken";

    private readonly string _declaration;

    private ContractSchema(string declaration, string name, IReadOnlyList<MethodSchema> methods)
    {
        _declaration = declaration;
        Name = name;
        Methods = methods;
    }

    /// <summary>On the wire.</summary>
    internal string Name { get; }

    internal IReadOnlyList<MethodSchema> Methods { get; }

    /// <summary>Reads what a server says of a contract.</summary>
    /// <exception cref="SchemaException">It cannot be read.</exception>
    internal static ContractSchema Parse(string declaration)
    {
        (IReadOnlyList<TypeDeclaration> types, IReadOnlyList<AttributeNode> assembly) = DeclarationReader.Read(declaration);
        TypeDeclaration contract = types.FirstOrDefault(static type => type.Has("IpcService"))
            ?? throw new SchemaException("The server sent no declaration of the contract: it was built by a generator that does not write one, or by hand.");
        var resolver = new TypeResolver(types, assembly);
        string name = Option(contract.Attributes, "IpcService", "Name") ?? contract.FullName;
        return new ContractSchema(declaration, name, [.. contract.Methods.Select(method => ToMethod(method, contract, resolver))]);
    }

    /// <summary>The contract as C# that compiles as it is.</summary>
    internal string ToSource() => SourceFormat.Of(_declaration);

    /// <summary>A method by its name on the wire, in C#, without Async, or by any of these in another case as long as one is meant.</summary>
    internal MethodSchema? FindMethod(string name)
        => Methods.FirstOrDefault(method => method.WireName == name)
            ?? Only(method => method.Name == name)
            ?? Only(method => method.Name == name + "Async")
            ?? Only(method => method.WireName.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Only(method => method.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || method.Name.Equals(name + "Async", StringComparison.OrdinalIgnoreCase));

    /// <summary>Arguments that would do, as JSON.</summary>
    internal static string Template(MethodSchema method)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonText.Encoder }))
        {
            json.WriteStartObject();
            foreach (ParameterSchema parameter in method.Parameters)
            {
                json.WritePropertyName(parameter.Name);
                parameter.Type.WriteExample(json, 0);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private MethodSchema? Only(Func<MethodSchema, bool> condition) => Methods.Where(condition).Take(2).ToArray() is [MethodSchema only] ? only : null;

    private static MethodSchema ToMethod(MethodNode method, TypeDeclaration contract, TypeResolver resolver)
    {
        TypeScope scope = TypeScope.Of(contract.Namespace);
        return new MethodSchema
        {
            Name = method.Name,
            WireName = Option(method.Attributes, "IpcMethod", "Name") ?? method.Name,
            Signature = method.Text,
            Parameters = [.. method.Parameters
                .Where(static parameter => parameter.Type is not NamedTypeNode { LastName: Token })
                .Select(parameter => new ParameterSchema(
                    parameter.Name,
                    resolver.Resolve(parameter.Type, scope, parameter.Attributes),
                    parameter.Default is not null || parameter.Attributes.Any(static attribute => attribute.Name == "Optional"),
                    parameter.Default))],
            Result = ResultOf(method.Result) is { } result ? resolver.Resolve(result, scope, method.ResultAttributes) : null,
            IsOneWay = method.Attributes.Any(static attribute => attribute.Name == "OneWay"),
            IsIdempotent = Option(method.Attributes, "IpcMethod", "Idempotent") == "true",
            TimeoutMilliseconds = Number(method, "TimeoutMilliseconds"),
            Priority = Number(method, "Priority"),
            Faults = contract.Attributes.Concat(method.Attributes)
                .Where(static attribute => attribute is { Name: "IpcFault", Arguments: [{ Type: not null }] })
                .Select(static attribute => attribute.Arguments[0].Type!)
                .GroupBy(type => resolver.NameOf(type, scope), StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, group => resolver.Resolve(group.First(), scope), StringComparer.Ordinal),
        };
    }

    private static TypeNode? ResultOf(TypeNode type) => type switch
    {
        NamedTypeNode { LastName: "void" } => null,
        NamedTypeNode { LastName: "Task" or "ValueTask" } task => task.Parts[^1].Arguments is [TypeNode result] ? result : null,
        _ => type,
    };

    private static int Number(MethodNode method, string option)
        => Option(method.Attributes, "IpcMethod", option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static string? Option(IReadOnlyList<AttributeNode> attributes, string attribute, string option)
        => attributes.FirstOrDefault(candidate => candidate.Name == attribute)?.Text(option);
}
