namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Full metadata names of the attributes that make or shape a contract.</summary>
internal static class AttributeNames
{
    internal const string Service = "Contracts.Ipc.IpcServiceAttribute";
    internal const string ContractFor = "Contracts.Ipc.IpcContractForAttribute";
    internal const string Method = "Contracts.Ipc.IpcMethodAttribute";
    internal const string OneWay = "Contracts.Ipc.OneWayAttribute";
    internal const string Fault = "Contracts.Ipc.IpcFaultAttribute";
    internal const string Message = "Contracts.Ipc.IpcMessageAttribute";
    internal const string Key = "Contracts.Ipc.IpcKeyAttribute";
    internal const string Ignore = "Contracts.Ipc.IpcIgnoreAttribute";
    internal const string Union = "Contracts.Ipc.UnionAttribute";
    internal const string Reserved = "Contracts.Ipc.IpcReservedAttribute";
    internal const string Open = "Contracts.Ipc.IpcOpenAttribute";
    internal const string Packed = "Contracts.Ipc.IpcPackedAttribute";
    internal const string Formatter = "Contracts.Ipc.IpcFormatterAttribute";
    internal const string SharedLayout = "Contracts.Ipc.SharedMemory.SharedLayoutAttribute";
    internal const string ForeignLayout = "Contracts.Ipc.SharedMemory.ForeignLayoutAttribute";
    internal const string GeneratedSharedLayout = "Contracts.Ipc.SharedMemory.GeneratedSharedLayoutAttribute";

    internal const string Flags = "System.FlagsAttribute";

    internal const string MessagePackObject = "MessagePack.MessagePackObjectAttribute";
    internal const string MessagePackKey = "MessagePack.KeyAttribute";
    internal const string MessagePackIgnore = "MessagePack.IgnoreMemberAttribute";
    internal const string MessagePackUnion = "MessagePack.UnionAttribute";
    internal const string MessagePackConstructor = "MessagePack.SerializationConstructorAttribute";
    internal const string MessagePackFormatter = "MessagePack.MessagePackFormatterAttribute";
    internal const string MessagePackCallbacks = "MessagePack.IMessagePackSerializationCallbackReceiver";

    internal const string DataContract = "System.Runtime.Serialization.DataContractAttribute";
    internal const string DataMember = "System.Runtime.Serialization.DataMemberAttribute";
    internal const string DataIgnore = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
}
