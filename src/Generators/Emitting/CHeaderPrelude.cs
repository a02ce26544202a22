namespace Contracts.Ipc.Generators.Emitting;

/// <summary>What all C headers begin with: the words that C and C++ spell differently, and structs of the framework that C has no type for.</summary>
internal static class CHeaderPrelude
{
    internal static void Write(SourceWriter writer)
    {
        writer.Line("#ifndef CONTRACTS_STATIC_ASSERT");
        writer.Line("#ifdef __cplusplus");
        writer.Line("#define CONTRACTS_STATIC_ASSERT(condition, sentence) static_assert(condition, sentence)");
        writer.Line("#define CONTRACTS_ALIGNOF(type) alignof(type)");
        writer.Line("#define CONTRACTS_ALIGNAS(bytes) alignas(bytes)");
        writer.Line("#else");
        writer.Line("#define CONTRACTS_STATIC_ASSERT(condition, sentence) _Static_assert(condition, sentence)");
        writer.Line("#define CONTRACTS_ALIGNOF(type) _Alignof(type)");
        writer.Line("#define CONTRACTS_ALIGNAS(bytes) _Alignas(bytes)");
        writer.Line("#endif");
        writer.Line("#endif");
        writer.Line();
    }

    /// <summary>The declaration of a struct that stands for one of the framework; null for every other type of C.</summary>
    internal static string? Struct(string name) => name switch
    {
        "contracts_guid" => "typedef struct contracts_guid { uint32_t a; uint16_t b; uint16_t c; uint8_t d[8]; } contracts_guid;",
        "contracts_decimal" => "typedef struct contracts_decimal { uint32_t flags; uint32_t high; uint64_t low; } contracts_decimal;",
        _ => null,
    };
}
