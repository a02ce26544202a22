using System.Text.Encodings.Web;

namespace Contracts.Ipc.Cli.Dynamic;

/// <summary>How JSON is written for people and shells: nothing is escaped that need not be.</summary>
internal static class JsonText
{
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
