using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Contracts.Ipc.Cli.Outcomes;

namespace Contracts.Ipc.Cli.Headers;

/// <summary>Reads the C headers out of an assembly without loading it.</summary>
/// <remarks>
/// The generator leaves the text of each header as a constant next to the layout, and its size and alignment in an attribute of the struct. Both are
/// data of the file, so none of its code runs, nothing that it depends on need be there, and it may have been built for another architecture.
/// </remarks>
internal static class LayoutMetadata
{
    private const string AttributeNamespace = "Contracts.Ipc.SharedMemory";
    private const string AttributeName = "GeneratedSharedLayoutAttribute";
    private const string HeaderField = "CHeader";

    /// <summary>All headers of an assembly, in the order of the structs' names.</summary>
    /// <param name="path">A .dll or .exe.</param>
    /// <exception cref="ToolException">The file is not a .NET assembly.</exception>
    public static IReadOnlyList<Header> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using var image = new PEReader(file);
            if (!image.HasMetadata)
            {
                throw NotAnAssembly(path, null);
            }

            MetadataReader reader = image.GetMetadataReader();
            return [.. reader.TypeDefinitions.Select(type => HeaderOf(reader, type)).OfType<Header>().OrderBy(header => header.Type, StringComparer.Ordinal)];
        }
        catch (BadImageFormatException exception)
        {
            throw NotAnAssembly(path, exception);
        }
    }

    private static Header? HeaderOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        if (LayoutOf(reader, type) is not var (size, alignment))
        {
            return null;
        }

        string? text = type.GetNestedTypes().Select(nested => TextIn(reader, reader.GetTypeDefinition(nested))).FirstOrDefault(found => found is not null);
        string name = FullName(reader, type);
        return text is null ? null : new Header(name, size, alignment, $"{name}.h", IsChanged: false, text + "\n");
    }

    private static string? TextIn(MetadataReader reader, TypeDefinition type)
    {
        foreach (FieldDefinitionHandle handle in type.GetFields())
        {
            FieldDefinition field = reader.GetFieldDefinition(handle);
            if (reader.StringComparer.Equals(field.Name, HeaderField) && !field.GetDefaultValue().IsNil)
            {
                Constant constant = reader.GetConstant(field.GetDefaultValue());
                return constant.TypeCode == ConstantTypeCode.String ? Encoding.Unicode.GetString(reader.GetBlobBytes(constant.Value)) : null;
            }
        }

        return null;
    }

    // The attribute's blob: a prolog of two bytes, then size, alignment and pack.
    private static (int Size, int Alignment)? LayoutOf(MetadataReader reader, TypeDefinition type)
    {
        foreach (CustomAttributeHandle handle in type.GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (IsLayoutAttribute(reader, attribute.Constructor))
            {
                BlobReader blob = reader.GetBlobReader(attribute.Value);
                _ = blob.ReadUInt16();
                return (blob.ReadInt32(), blob.ReadInt32());
            }
        }

        return null;
    }

    private static bool IsLayoutAttribute(MetadataReader reader, EntityHandle constructor)
    {
        if (constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return reader.StringComparer.Equals(type.Name, AttributeName) && reader.StringComparer.Equals(type.Namespace, AttributeNamespace);
    }

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } container ? $"{FullName(reader, reader.GetTypeDefinition(container))}.{name}"
            : type.Namespace.IsNil ? name
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static ToolException NotAnAssembly(string path, Exception? cause) =>
        new(ExitCode.File, $"'{path}' is not a .NET assembly.", "Name the .dll that the project was built into.", cause);
}
