using Contracts.Ipc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Analyzers.Sharing;

/// <summary>What a type of the library is for the rules about sharing.</summary>
internal enum SharedKind
{
    None,
    Segment,
    Queue,
    Mutex,
    Semaphore,
    Event,
    ReaderWriterLock,
    SegmentGuard,
    MutexGuard,
    ReadGuard,
    WriteGuard,
}

/// <summary>Recognises the library's shared memory in one compilation.</summary>
/// <remarks>Asked for nearly every call of a project, so it compares an assembly first, and names only after that.</remarks>
internal sealed class SharedApi
{
    private const string Anchor = "Contracts.Ipc.SharedMemory.SharedSegment`1";

    private readonly IAssemblySymbol _runtime;

    private SharedApi(IAssemblySymbol runtime) => _runtime = runtime;

    /// <summary>Null where there is nothing to look at. The library itself is not its own user: it makes what the rules are about.</summary>
    internal static SharedApi? TryCreate(Compilation compilation)
        => compilation.GetTypeByMetadataName(Anchor) is { ContainingAssembly: { } runtime }
            && !SymbolEqualityComparer.Default.Equals(runtime, compilation.Assembly)
                ? new SharedApi(runtime)
                : null;

    internal SharedKind KindOf(ITypeSymbol? type)
        => type is INamedTypeSymbol named && SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, _runtime)
            ? named.Name switch
            {
                "SharedSegment" => SharedKind.Segment,
                "SharedQueue" => SharedKind.Queue,
                "SharedMutex" => SharedKind.Mutex,
                "SharedSemaphore" => SharedKind.Semaphore,
                "SharedEvent" => SharedKind.Event,
                "SharedReaderWriterLock" => SharedKind.ReaderWriterLock,
                "SharedSegmentGuard" => SharedKind.SegmentGuard,
                "SharedMutexGuard" => SharedKind.MutexGuard,
                "SharedReadGuard" => SharedKind.ReadGuard,
                "SharedWriteGuard" => SharedKind.WriteGuard,
                _ => SharedKind.None,
            }
            : SharedKind.None;

    /// <summary>A named object of the library: not a guard.</summary>
    internal bool IsNamedObject(ITypeSymbol? type) => KindOf(type) is > SharedKind.None and < SharedKind.SegmentGuard;

    internal bool IsGuard(ITypeSymbol? type) => KindOf(type) >= SharedKind.SegmentGuard;

    /// <summary>A struct whose memory several processes look at.</summary>
    internal static bool IsSharedStruct(ITypeSymbol? type) => type is { TypeKind: TypeKind.Struct } && type.HasAttribute(AttributeNames.SharedLayout);
}
