using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes one descriptor for each method: its names on the wire, its stub and what its attributes say.</summary>
internal static class MethodsEmitter
{
    internal static void Write(SourceWriter writer, ContractModel contract)
    {
        writer.Line("// What the wire knows of each method.");
        writer.Line(GeneratedFile.Attribute);
        using (writer.Open($"private static class {contract.MethodsName}"))
        {
            bool first = true;
            foreach (MethodModel method in contract.Methods)
            {
                if (!first)
                {
                    writer.Line();
                }

                first = false;
                WriteMethod(writer, contract, method);
            }
        }
    }

    private static void WriteMethod(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        string type = $"{Names.Services}IpcMethod<{contract.Declaration.ContractName}>";
        writer.Line($"internal static readonly {type} {method.Identifier} = new {type}(");
        string[] options = [.. Options(method)];
        using (writer.Indent())
        {
            string arguments = $"{Names.Literal(contract.WireName)}, {Names.Literal(method.WireName)}, {contract.StubsName}.{method.Identifier}";
            if (options.Length == 0 && method.Faults.Count == 0)
            {
                writer.Line(arguments + ");");
                return;
            }

            writer.Line(arguments + ",");
            using (writer.Open($"new {Names.Services}IpcMethodOptions", "});"))
            {
                foreach (string option in options)
                {
                    writer.Line(option + ",");
                }

                WriteFaults(writer, method);
            }
        }
    }

    private static IEnumerable<string> Options(MethodModel method)
    {
        if (method.IsOneWay)
        {
            yield return "OneWay = true";
        }

        if (method.IsIdempotent)
        {
            yield return "Idempotent = true";
        }

        if (method.TimeoutMilliseconds != 0)
        {
            yield return "TimeoutMilliseconds = " + method.TimeoutMilliseconds.ToString(CultureInfo.InvariantCulture);
        }

        if (method.Priority != 0)
        {
            yield return "Priority = " + method.Priority.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void WriteFaults(SourceWriter writer, MethodModel method)
    {
        if (method.Faults.Count == 0)
        {
            return;
        }

        using (writer.OpenList("Faults =", "],"))
        {
            foreach (FaultModel fault in method.Faults)
            {
                writer.Line($"new {Names.Services}IpcFaultType<{fault.Detail.TypeName}, {fault.Detail.Formatter}>({Names.Literal(fault.WireName)}),");
            }
        }
    }
}
