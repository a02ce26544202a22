namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>
/// Everything that is wrong with a shared struct, or dangerous. The generator emits nothing for a struct that is refused; the analyzers turn each
/// kind into a diagnostic. The comment of a kind lists its <see cref="LayoutProblem.Arguments"/>, {0} first; a path is such as <c>Order.Header.Stamp</c>.
/// </summary>
internal enum LayoutProblemKind
{
    // The declaration.

    /// <summary>The struct is not partial. {0} struct.</summary>
    NotPartial,

    /// <summary>A type around the struct is not partial. {0} containing type, {1} struct.</summary>
    ContainingTypeNotPartial,

    /// <summary>Generated code cannot name the struct: it, or a type around it, is file-local. {0} struct.</summary>
    Inaccessible,

    /// <summary>The struct, or a type around it, has type parameters. {0} struct, {1} the generic type.</summary>
    Generic,

    /// <summary>The project compiles with a C# version that generated code cannot use. {0} version found, {1} version needed.</summary>
    LanguageVersionTooOld,

    /// <summary>The struct has no fields. {0} struct or path.</summary>
    Empty,

    /// <summary>[StructLayout(LayoutKind.Auto)]. {0} struct or path.</summary>
    AutoLayout,

    /// <summary>Fields stand in more than one part of the struct. {0} struct.</summary>
    FieldsInSeveralParts,

    /// <summary>The struct has a primary constructor, which may make fields. {0} struct.</summary>
    PrimaryConstructor,

    /// <summary>Size is no multiple of the alignment. {0} struct, {1} size, {2} alignment.</summary>
    SizeNotAligned,

    /// <summary>Size says less than the fields need. {0} struct, {1} the size named, {2} bytes needed.</summary>
    SizeTooSmall,

    /// <summary>The struct is larger than what may be copied. {0} struct, {1} bytes, {2} the limit.</summary>
    TooLarge,

    /// <summary>[MarshalAs] or CharSet, which change nothing in memory. {0} path, {1} the attribute.</summary>
    MarshallingAttribute,

    // The fields.

    /// <summary>The field holds a reference of this process's heap or stack. {0} path, {1} type.</summary>
    Reference,

    /// <summary>The field holds an address, or is as wide as one. {0} path, {1} type.</summary>
    Address,

    /// <summary>The field holds a handle of this process, or a lock for its threads. {0} path, {1} type.</summary>
    ProcessLocal,

    /// <summary>DateTime, DateTimeOffset. {0} path, {1} type.</summary>
    DateAndTime,

    /// <summary>A tuple. {0} path, {1} type.</summary>
    Tuple,

    /// <summary>A nullable value. {0} path, {1} type, {2} the type of the value.</summary>
    NullableValue,

    /// <summary>A vector that is as wide as the processor's, or one with an alignment that not every runtime keeps. {0} path, {1} type.</summary>
    Vector,

    /// <summary>A struct of another assembly whose layout nobody vouches for. {0} path, {1} type.</summary>
    Unknown,

    /// <summary>Two fields lie on each other. {0} struct or path, {1} a field, {2} the field before it, {3} offset.</summary>
    Overlap,

    /// <summary>[FieldOffset] that is no multiple of what the type needs. {0} path, {1} offset, {2} alignment.</summary>
    OffsetNotAligned,

    /// <summary>A volatile field that Pack puts where the processor does not move it as one. {0} path, {1} offset, {2} alignment.</summary>
    AtomicNotAligned,

    // From here on: advice. The struct is good enough to be shared.

    /// <summary>The field stands behind a property. {0} path.</summary>
    HiddenField,

    /// <summary>Pack puts a field where the processor does not move it as one. {0} path, {1} offset, {2} size.</summary>
    PackedField,

    /// <summary>An enum that does not say what lies beneath. {0} path, {1} type.</summary>
    EnumWithoutBase,

    /// <summary>A bool. {0} path.</summary>
    Boolean,

    /// <summary>A char. {0} path.</summary>
    Character,

    /// <summary>A decimal. {0} path.</summary>
    Decimal,

    /// <summary>A 128-bit integer. {0} path, {1} type.</summary>
    WideInteger,

    /// <summary>An #if among the fields. {0} struct or path.</summary>
    Conditional,

    /// <summary>A constructor without parameters, or an initializer. {0} struct or path.</summary>
    Initializer,

    /// <summary>IDisposable or IAsyncDisposable. {0} struct or path.</summary>
    Disposable,

    /// <summary>Bytes between or behind fields that belong to none. {0} struct or path, {1} how many, {2} where the first are.</summary>
    Padding,

    /// <summary>Pack is more than any field needs. {0} struct or path, {1} Pack, {2} the largest alignment.</summary>
    PackWithoutEffect,

    /// <summary>The struct is larger than what is copied lightly. {0} struct, {1} bytes.</summary>
    LargeByValue,

    /// <summary>A static field that changes. {0} path.</summary>
    StaticField,

    /// <summary>A readonly field beside others that change. {0} path.</summary>
    ReadOnlyField,

    /// <summary>A number that is called like something of this process. {0} path.</summary>
    ProcessLocalName,

    /// <summary>A process id without the time when the process began. {0} path.</summary>
    ProcessIdAlone,

    /// <summary>A field that is called like a secret. {0} path.</summary>
    Secret,

    /// <summary>An enum without a name for 0. {0} path, {1} type.</summary>
    EnumWithoutZero,

    /// <summary>A length that another assembly decided when this one was compiled. {0} path, {1} constant, {2} assembly, {3} value.</summary>
    ForeignLength,

    /// <summary>A struct of the project that does not say that its layout matters. {0} path, {1} type.</summary>
    UnmarkedStruct,

    /// <summary>A type of the framework that not all bits are a value of. {0} path, {1} type, {2} the number beneath.</summary>
    UncheckedBits,
}
