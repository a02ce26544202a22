using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the proxy: each method hands its arguments to the runtime.</summary>
internal static class ProxyEmitter
{
    internal static void Write(SourceWriter writer, ContractModel contract)
    {
        writer.Line("// Calls the service on the other side.");
        writer.Line(GeneratedFile.Attribute);
        using (writer.Open(
            $"private sealed class {contract.ProxyName}({Names.Services}IpcProxyTarget target) : {Names.Services}IpcProxy(target), {contract.Declaration.ContractName}"))
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

            WriteDisposal(writer, contract, first);
        }
    }

    private static void WriteMethod(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        string parameters = Parameters(method);
        if (!method.IsExplicit)
        {
            writer.Line($"public {method.ReturnTypeName} {method.Name}({parameters})");
            WriteBody(writer, contract, method);
            return;
        }

        // The name means something else in this class, or two interfaces use it for different methods.
        for (int i = 0; i < method.DeclaringTypes.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            writer.Line($"{method.ReturnTypeName} {method.DeclaringTypes[i]}.{method.Name}({parameters})");
            WriteBody(writer, contract, method);
        }
    }

    private static void WriteBody(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        string arguments = method.ArgumentsName is { } name
            ? $"new {name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Name))})"
            : $"new {Names.Services}NoArguments()";
        string token = method.CancellationTokenName ?? $"{Names.Token}.None";
        string call = $"{contract.MethodsName}.{method.Identifier}, {arguments}, {token})";
        string argumentsType = method.ArgumentsName ?? $"{Names.Services}NoArguments";
        string result = method.Result is { } value ? $", {value.TypeName}, {value.Formatter}" : "";
        string generic = $"<{argumentsType}{result}>";
        using (writer.Indent())
        {
            writer.Line((method.ReturnKind, method.IsOneWay) switch
            {
                (ReturnKind.Void, true) => $"=> base.Post{generic}({call};",
                (_, true) => $"=> base.PostAsync{generic}({call}{AsTask(method)};",
                (ReturnKind.Void or ReturnKind.Value, _) => $"=> base.Call{generic}({call};",
                _ => $"=> base.CallAsync{generic}({call}{AsTask(method)};",
            });
        }
    }

    private static string AsTask(MethodModel method) => method.ReturnKind is ReturnKind.Task or ReturnKind.TaskOfValue ? ".AsTask()" : "";

    private static string Parameters(MethodModel method)
    {
        IEnumerable<string> parameters = method.Parameters.Select(parameter => $"{parameter.Value.TypeName} {parameter.Name}");
        return string.Join(", ", method.CancellationTokenName is { } token ? parameters.Append($"{Names.Token} {token}") : parameters);
    }

    private static void WriteDisposal(SourceWriter writer, ContractModel contract, bool first)
    {
        if (!contract.IsDisposable && !contract.IsAsyncDisposable)
        {
            return;
        }

        if (!first)
        {
            writer.Line();
        }

        writer.Line("// A proxy owns nothing: the service lives as long as its own process wants.");
        if (contract.IsDisposable)
        {
            using (writer.Open("void global::System.IDisposable.Dispose()"))
            {
            }
        }

        if (contract.IsAsyncDisposable)
        {
            if (contract.IsDisposable)
            {
                writer.Line();
            }

            writer.Line("global::System.Threading.Tasks.ValueTask global::System.IAsyncDisposable.DisposeAsync() => default;");
        }
    }
}
