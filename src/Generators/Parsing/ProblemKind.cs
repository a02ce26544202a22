namespace Contracts.Ipc.Generators.Parsing;

/// <summary>
/// Everything that can be wrong with a contract. The generator emits nothing for a contract with a problem; the analyzers turn
/// each kind into a diagnostic. The comment of a kind lists its <see cref="ContractProblem.Arguments"/>, {0} first.
/// </summary>
internal enum ProblemKind
{
    // The contract.

    /// <summary>The interface (or the holder class of a foreign contract) is not partial. {0} type.</summary>
    ContractNotPartial,

    /// <summary>A type around the contract is not partial. {0} containing type, {1} contract.</summary>
    ContainingTypeNotPartial,

    /// <summary>Generated code cannot name the contract: it is file-local, or the foreign interface is not accessible. {0} contract.</summary>
    ContractInaccessible,

    /// <summary>The contract has type parameters. {0} contract.</summary>
    ContractGeneric,

    /// <summary>The contract is nested in a generic type. {0} contract, {1} generic type.</summary>
    ContractNestedInGenericType,

    /// <summary>The contract's name contains '/' or is empty. {0} name.</summary>
    ContractNameInvalid,

    /// <summary>The project compiles with a C# version that generated code cannot use. {0} version found, {1} version needed.</summary>
    LanguageVersionTooOld,

    /// <summary>[IpcContractFor] does not name an interface, or its class is not static. {0} class, {1} what it names.</summary>
    ForeignContractInvalid,

    /// <summary>[IpcContractFor] names an interface that is a contract already. {0} class, {1} interface.</summary>
    ForeignContractIsContract,

    // The members of a contract.

    /// <summary>A property, event, indexer or static abstract member. {0} member, {1} kind ("property", "event", "indexer", "static abstract member").</summary>
    MemberKindUnsupported,

    /// <summary>The method has type parameters. {0} method.</summary>
    MethodGeneric,

    /// <summary>The method returns something that cannot travel. {0} method, {1} type, {2} reason.</summary>
    ReturnTypeUnsupported,

    /// <summary>A ref, out or in parameter, or a by-ref result. {0} parameter (or "the result"), {1} method, {2} modifier.</summary>
    ParameterByRef,

    /// <summary>A parameter's type cannot travel. {0} parameter, {1} method, {2} type, {3} reason.</summary>
    ParameterTypeUnsupported,

    /// <summary>The token is not the last parameter. {0} parameter, {1} method.</summary>
    CancellationTokenNotLast,

    /// <summary>There is more than one token. {0} parameter, {1} method.</summary>
    CancellationTokenRepeated,

    /// <summary>Two methods of one interface have one name on the wire. {0} method, {1} wire name, {2} the other method.</summary>
    WireNameRepeated,

    /// <summary>Inherited methods share a name on the wire and differ in signature. {0} wire name, {1} a method, {2} the other method.</summary>
    InheritedSignatureConflict,

    /// <summary>Two wire names have one 64-bit hash. {0} full name, {1} the other full name.</summary>
    MethodIdCollision,

    /// <summary>A method's wire name is empty or contains '/'. {0} method, {1} wire name.</summary>
    MethodNameInvalid,

    /// <summary>[OneWay] on a method with a result. {0} method, {1} return type.</summary>
    OneWayWithResult,

    /// <summary>TimeoutMilliseconds is below -1. {0} method, {1} value.</summary>
    TimeoutInvalid,

    /// <summary>Priority is not one of 0 to 7. {0} method, {1} value.</summary>
    PriorityInvalid,

    /// <summary>A method of a contract for signals is not marked [OneWay]. {0} method, {1} contract.</summary>
    SignalNotOneWay,

    /// <summary>A method of a contract for signals has a parameter. {0} parameter, {1} method, {2} contract.</summary>
    SignalWithParameter,

    /// <summary>A contract for signals has more methods than there are signals. {0} contract, {1} methods, {2} signals.</summary>
    SignalsTooMany,

    /// <summary>The detail type of a fault cannot travel. {0} type, {1} reason.</summary>
    FaultTypeUnsupported,

    // Message types. Reported at the member that cannot travel if it is in source, else where the contract reaches the type. The
    // last argument of all that follow is the path from the contract, such as IShop.AddAsync(order).Lines.Tag.

    /// <summary>A member's type cannot travel. {0} member, {1} message type, {2} member type, {3} reason.</summary>
    MemberTypeUnsupported,

    /// <summary>The message type, or a type around it, is private or protected. {0} type.</summary>
    MessageInaccessible,

    /// <summary>No constructor of the message type can be called with its members. {0} type, {1} reason.</summary>
    MessageConstructorUnusable,

    /// <summary>Two members have one key. {0} type, {1} key, {2} a member, {3} the other member.</summary>
    KeyRepeated,

    /// <summary>A message type has integer and string keys. {0} type.</summary>
    KeysMixed,

    /// <summary>A key is negative, empty, or so large that the array would be mostly gaps. {0} member, {1} key.</summary>
    KeyOutOfRange,

    /// <summary>A public member of a keyed message type has neither key nor ignore attribute. {0} member, {1} type.</summary>
    KeyMissing,

    /// <summary>A member can be read but not set. {0} member, {1} type.</summary>
    MemberNotSettable,

    /// <summary>A keyed member is not accessible from generated code. {0} member, {1} type.</summary>
    MemberInaccessible,

    /// <summary>Two tags or two types of a union are equal. {0} union, {1} tag or type.</summary>
    UnionCaseRepeated,

    /// <summary>A case of a union does not derive from it, is abstract or is not a message. {0} union, {1} case, {2} reason.</summary>
    UnionCaseInvalid,

    /// <summary>A generic message type contains ever larger instantiations of itself. {0} type.</summary>
    MessageGrowsForEver,

    /// <summary>A MessagePack-CSharp feature that is not honoured. {0} type or member, {1} feature, {2} what to do.</summary>
    MessagePackFeatureUnsupported,

    /// <summary>The type named by [IpcFormatter] does not format the type. {0} formatter, {1} type, {2} reason.</summary>
    FormatterInvalid,

    /// <summary>[IpcOpen] does not say what an unknown value or case becomes. {0} enum or union, {1} reason.</summary>
    OpenInvalid,

    /// <summary>[IpcPacked] stands on something else than an array, list or memory of an unmanaged type. {0} member, {1} type.</summary>
    PackedTypeUnsupported,
}
