using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Contracts.Ipc.Analyzers.Tests;

/// <summary>The attributes of MessagePack-CSharp by their public names: they are recognised by name, the package need not be there.</summary>
internal static class MessagePackAttributes
{
    internal const string Source = """
        namespace MessagePack
        {
            public class MessagePackObjectAttribute(bool keyAsPropertyName = false) : System.Attribute
            {
                public bool KeyAsPropertyName { get; } = keyAsPropertyName;
                public bool AllowPrivate { get; set; }
            }

            public class KeyAttribute : System.Attribute
            {
                public KeyAttribute(int x) { }
                public KeyAttribute(string x) { }
            }

            public class IgnoreMemberAttribute : System.Attribute { }

            public class MessagePackFormatterAttribute(System.Type formatterType) : System.Attribute
            {
                public System.Type FormatterType { get; } = formatterType;
            }

            public interface IMessagePackSerializationCallbackReceiver
            {
                void OnBeforeSerialize();
                void OnAfterDeserialize();
            }
        }
        """;

    internal static SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText(Source, TestProject.ParseOptions, "MessagePack.cs");
}
