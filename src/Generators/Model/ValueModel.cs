namespace Contracts.Ipc.Generators.Model;

/// <summary>A value that travels: its type and who writes it.</summary>
/// <param name="TypeName">The type as declared, with nullable annotations.</param>
/// <param name="Formatter">The formatter, fully qualified.</param>
/// <param name="Inline">How generated code writes the value itself, without the formatter.</param>
/// <param name="InlineEnum">The enum that is cast to the inline kind; null if the value is no enum.</param>
/// <param name="IsReadByFormatter">Whether the value is written inline only: who reads it has to look at it.</param>
internal sealed record ValueModel(string TypeName, string Formatter, InlineKind Inline, string? InlineEnum, bool IsReadByFormatter);

/// <summary>
/// The values that generated code writes into one reserved stretch of the buffer. The names are those of the methods of
/// RawMessagePack and MessagePackReader.
/// </summary>
internal enum InlineKind
{
    /// <summary>The formatter writes.</summary>
    None,

    Boolean,
    Byte,
    SByte,
    Int16,
    UInt16,
    Char,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    String,
}
