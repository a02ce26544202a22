using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the stubs: each reads the arguments of one call, calls the service and hands over what it returns.</summary>
internal static class StubsEmitter
{
    internal static void Write(SourceWriter writer, ContractModel contract)
    {
        writer.Line("// Answers calls from the other side.");
        writer.Line(GeneratedFile.Attribute);
        using (writer.Open($"private static class {contract.StubsName}"))
        {
            bool first = true;
            foreach (MethodModel method in contract.Methods)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                WriteStub(writer, contract, method);
            }
        }
    }

    private static void WriteStub(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        if (method.IsObsoleteError)
        {
            // Only obsolete code may call a method that is obsolete as an error.
            writer.Line("[global::System.Obsolete]");
        }

        using (writer.Open(
            $"internal static void {method.Identifier}({contract.Declaration.ContractName} service, {Names.Services}IncomingCall call, ref {Names.Reader} arguments)"))
        {
            writer.Line($"int count = call.ReadArgumentCount(ref arguments, required: {Number(method.RequiredCount)});");
            for (int i = 0; i < method.Parameters.Count; i++)
            {
                ParameterModel parameter = method.Parameters[i];
                string read = ReadExpression.Of(parameter.Value, "arguments");
                writer.Line(parameter.DefaultValue is { } value && i >= method.RequiredCount
                    ? $"{parameter.Value.TypeName} {parameter.LocalName} = count > {Number(i)} ? {read} : {value};"
                    : $"{parameter.Value.TypeName} {parameter.LocalName} = {read};");
            }

            writer.Line($"call.EndArguments(ref arguments, count, known: {Number(method.Parameters.Count)});");
            WriteCall(writer, method);
        }
    }

    private static void WriteCall(SourceWriter writer, MethodModel method)
    {
        IEnumerable<string> arguments = method.Parameters.Select(parameter => parameter.LocalName);
        if (method.CancellationTokenName is not null)
        {
            arguments = arguments.Append("call.CancellationToken");
        }

        string target = method.IsInherited ? $"(({method.DeclaringTypes[0]})service)" : "service";
        string call = $"{target}.{method.Name}({string.Join(", ", arguments)})";
        string generic = method.Result is { } result ? $"<{result.TypeName}, {result.Formatter}>" : "";
        switch (method.ReturnKind)
        {
            case ReturnKind.Void:
                writer.Line(call + ";");
                writer.Line("call.Return();");
                break;
            case ReturnKind.Value:
                writer.Line($"call.Return{generic}({call});");
                break;
            default:
                writer.Line($"call.ReturnTask{generic}({call});");
                break;
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
