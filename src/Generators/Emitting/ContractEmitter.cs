using System.Globalization;
using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the file of one contract: the static member that describes it, the proxy, the methods and their stubs.</summary>
internal static class ContractEmitter
{
    internal static string Emit(ContractModel contract)
    {
        SourceWriter writer = GeneratedFile.Begin();
        GeneratedFile.Within(writer, contract.Declaration, inner => WriteDeclaration(inner, contract));
        return writer.ToString();
    }

    /// <summary>Writes what stands in for an invalid contract.</summary>
    internal static string EmitPlaceholder(PlaceholderModel placeholder)
    {
        DeclarationModel declaration = placeholder.Declaration;
        SourceWriter writer = GeneratedFile.Begin();
        writer.Line("// This contract is invalid: the errors of the build say why. The member below lets its uses compile, so that they are the only errors.");
        GeneratedFile.Within(writer, declaration, inner =>
        {
            using (inner.Open(Header(declaration)))
            {
                inner.Line($"{Member(declaration)}");
                using (inner.Indent())
                {
                    string message = $"{declaration.DisplayName} is not a valid contract. Its errors were reported when the project was built.";
                    inner.Line($"=> throw new global::System.InvalidOperationException({Names.Literal(message)});");
                }
            }
        });
        return writer.ToString();
    }

    private static string Header(DeclarationModel declaration)
        => declaration.IsForeign ? declaration.Header : $"{declaration.Header} : {Names.ContractInterface}<{declaration.ContractName}>";

    private static string Member(DeclarationModel declaration)
    {
        string type = $"{Names.Contract}<{declaration.ContractName}>";
        return declaration.IsForeign
            ? $"public static {type} Contract"
            : $"static {type} {Names.ContractInterface}<{declaration.ContractName}>.Contract";
    }

    private static void WriteDeclaration(SourceWriter writer, ContractModel contract)
    {
        DeclarationModel declaration = contract.Declaration;
        using (writer.Open(Header(declaration)))
        {
            if (declaration.IsForeign)
            {
                writer.Line($"/// <summary>The contract of {GeneratedFile.XmlText(declaration.DisplayName)}.</summary>");
            }

            WriteContract(writer, contract);
            writer.Line();
            MethodsEmitter.Write(writer, contract);
            writer.Line();
            ProxyEmitter.Write(writer, contract);
            writer.Line();
            StubsEmitter.Write(writer, contract);
            foreach (MethodModel method in contract.Methods.Where(method => method.ArgumentsName is not null))
            {
                writer.Line();
                ArgumentsEmitter.Write(writer, method);
            }
        }
    }

    private static void WriteContract(SourceWriter writer, ContractModel contract)
    {
        writer.Line(GeneratedFile.Attribute);
        writer.Line($"{Member(contract.Declaration)} {{ get; }} = new {Names.Contract}<{contract.Declaration.ContractName}>(");
        using (writer.Indent())
        {
            writer.Line($"name: {Names.Literal(contract.WireName)},");
            writer.Line($"fingerprint: 0x{contract.Fingerprint.ToString("x16", CultureInfo.InvariantCulture)},");
            WriteDescription(writer, contract);
            writer.Line($"createProxy: static target => new {contract.ProxyName}(target),");
            WriteList(writer, "methods", contract.MethodOrder.Select(method => $"{contract.MethodsName}.{method}"), ",");
            WriteList(writer, "bases", contract.Bases.Select(type => $"new {Names.Services}IpcBaseContract<{contract.Declaration.ContractName}, {type}>()"), ",");
            WriteDeclared(writer, contract);
        }
    }

    private static void WriteDescription(SourceWriter writer, ContractModel contract)
    {
        // One fact a line, so that a difference between two builds is a difference of lines.
        writer.Line("description:");
        using (writer.Indent())
        {
            for (int i = 0; i < contract.Description.Count; i++)
            {
                bool last = i == contract.Description.Count - 1;
                writer.Line(Names.Literal(contract.Description[i] + (last ? "" : "\n")) + (last ? "," : " +"));
            }
        }
    }

    private static void WriteDeclared(SourceWriter writer, ContractModel contract)
    {
        // What people and tools get to see of the contract who do not have it.
        writer.Line("declaration: static () =>");
        using (writer.Indent())
        {
            writer.Line("\"\"\"");
            foreach (string line in contract.Declared)
            {
                writer.Line(line);
            }

            writer.Line(contract.TravelsAsSignals ? "\"\"\"u8) { TravelsAsSignals = true };" : "\"\"\"u8);");
        }
    }

    private static void WriteList(SourceWriter writer, string name, IEnumerable<string> items, string end)
    {
        string[] lines = [.. items];
        if (lines.Length == 0)
        {
            writer.Line($"{name}: []{end}");
            return;
        }

        using (writer.OpenList($"{name}:", "]" + end))
        {
            foreach (string line in lines)
            {
                writer.Line(line + ",");
            }
        }
    }
}
