using Contracts.Ipc.Generators.Model;

namespace Contracts.Ipc.Generators.Emitting;

/// <summary>Writes the struct that carries the arguments of one method from the proxy to the writer.</summary>
internal static class ArgumentsEmitter
{
    internal static void Write(SourceWriter writer, MethodModel method)
    {
        string parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Value.TypeName} {parameter.LocalName}"));
        writer.Line(GeneratedFile.Attribute);
        using (writer.Open($"private readonly struct {method.ArgumentsName}({parameters}) : {Names.Services}IIpcArguments"))
        {
            using (writer.Open($"public void Write(ref {Names.Writer} writer)"))
            {
                var run = new RunWriter(writer);
                run.ArrayHeader(method.Parameters.Count);
                foreach (ParameterModel parameter in method.Parameters)
                {
                    run.Value(parameter.Value, parameter.LocalName, parameter.Name);
                }

                run.End();
            }
        }
    }
}
