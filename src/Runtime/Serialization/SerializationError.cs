using System.Globalization;

namespace Contracts.Ipc.Serialization;

/// <summary>
/// Every error of the codec is made here. Reading errors name the position of the value in the message, what was expected and what
/// was found; none repeats the content of a message.
/// </summary>
internal static class SerializationError
{
    public static IpcSerializationException Unexpected(int position, string expected, byte code)
        => At(position, $"Expected {expected}, found {MessagePackCode.Describe(code)} (0x{code:x2}). Both sides must declare the same type here.");

    public static IpcSerializationException Truncated(int position, string expected, int missing)
        => At(position, $"The message ends inside {expected}: at least {Count(missing, "byte")} more were announced.");

    public static IpcSerializationException OutOfRange(int position, string expected, string value)
        => At(position, $"The number {value} does not fit {expected}.");

    public static IpcSerializationException CountBeyondMessage(int position, string container, uint count, int remaining)
        => At(position, $"{container} declares {Count(count, "entry", "entries")}, but the message has only {Count(remaining, "byte")} left.");

    public static IpcSerializationException TooDeep(int position, int limit)
        => At(position, $"Arrays and maps nest deeper than {limit}, the limit of MessagePackReaderOptions.MaxDepth.");

    public static IpcSerializationException TooManyElements(int position)
        => At(position, "The arrays and maps of this message declare more values than it has bytes, or than MessagePackReaderOptions.MaxElements allows.");

    public static IpcSerializationException InvalidUtf8(int position, Exception? innerException = null)
        => At(position, "The string is not valid UTF-8.", innerException);

    public static IpcSerializationException InvalidValue(int position, string expected, Exception? innerException = null)
        => At(position, $"The value is not {expected}.", innerException);

    public static IpcSerializationException WrongCount(int position, string type, int expected, int found)
        => At(position, $"{type} travels as an array of {expected}, found an array of {found}.");

    public static IpcSerializationException WrongLength(int position, string type, string expected, long found)
        => At(position, $"{type} takes {expected}, found {Count(found, "byte")}.");

    public static IpcSerializationException WrongExtension(int position, string expected, int code, int length)
        => At(position, $"Expected {expected}, found an extension of type {code} with {Count(length, "byte")}.");

    public static IpcSerializationException DuplicateKey(int position, string type)
        => At(position, $"A key comes twice in {type}.");

    public static IpcSerializationException CollidingKeys(Type type)
        => new($"Too many keys of the type {type} in one message have equal hash codes. Give the type a GetHashCode that spreads its values, or send the entries as a list.");

    public static IpcSerializationException NullKey(int position, string type)
        => At(position, $"A key of {type} is nil.");

    public static IpcSerializationException NullElement(int position, string type)
        => At(position, $"{type} cannot be nil.");

    public static IpcSerializationException UnknownUnionTag(int position, int tag, string type)
        => At(position, $"{type} has no subtype with the tag {tag}. The other side may be newer: add the [Union] attribute that it declares, or say with [IpcOpen(typeof(…))] what unknown ones become.");

    public static IpcSerializationException UnknownEnumValue(int position, Int128 value, string type)
        => At(position, $"{type} has no value {value.ToString(CultureInfo.InvariantCulture)}. The other side may be newer: add the value that it declares, or mark {type} with [IpcOpen], so that values from the future pass.");

    public static IpcSerializationException TrailingBytes(int position, int count)
        => At(position, $"The value ends here, but the message has {Count(count, "byte")} more.");

    public static IpcSerializationException LoneSurrogate(Exception innerException)
        => new("A string holds half of a surrogate pair and cannot be written as UTF-8. Remove it, or send the text as char[] or byte[].", innerException);

    public static IpcSerializationException UnlistedUnionType(Type actual, string type)
        => new($"Cannot write a {actual} as {type}: it is not among the types that {type} lists with [Union]. Add it there, with a tag of its own.");

    public static IpcSerializationException CyclicGraph(int limit)
        => new($"Cannot write this object graph: it nests deeper than {limit}, or an object contains itself.");

    public static IpcSerializationException MessageTooLarge(long length)
        => new($"Cannot write a message of {length} bytes: the largest is {Array.MaxLength}. Split it into several calls.");

    public static IpcSerializationException CollectionChanged(string type, int announced)
        => new($"Cannot write this {type}: it announced {announced} elements and then gave another number. It may have been changed while it was written.");

    public static IpcSerializationException NonZeroBasedArray()
        => new("Cannot write a multi-dimensional array whose indices do not start at 0.");


    public static InvalidOperationException OutputTooSmall(int size)
        => new($"The output gave less than the {size} bytes that were asked of its GetSpan. An IBufferWriter must give at least as many.");

    public static InvalidOperationException WriterWithoutOutput()
        => new("This MessagePackWriter was not created with an output. Use the constructor that takes one.");

    private static IpcSerializationException At(int position, string sentence, Exception? innerException = null)
        => new($"Invalid MessagePack at byte {position.ToString(CultureInfo.InvariantCulture)}: {sentence}", innerException);

    private static string Count(long count, string one, string? many = null)
        => count == 1 ? $"1 {one}" : $"{count.ToString(CultureInfo.InvariantCulture)} {many ?? one + "s"}";
}
