using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Refuses what MessagePack-CSharp would do with a type and we would not: better an error than other bytes.</summary>
internal static class MessagePackFeatures
{
    internal static void Check(INamedTypeSymbol type, ProblemList problems)
    {
        if (type.HasAttribute(AttributeNames.MessagePackFormatter))
        {
            problems.Add(ProblemKind.MessagePackFeatureUnsupported, type, TypeNames.Display(type), "[MessagePackFormatter]", "name a formatter with [IpcFormatter]");
        }

        if (type.AllInterfaces.Any(implemented => TypeNames.Metadata(implemented) == AttributeNames.MessagePackCallbacks))
        {
            problems.Add(
                ProblemKind.MessagePackFeatureUnsupported,
                type,
                TypeNames.Display(type),
                "IMessagePackSerializationCallbackReceiver",
                "the callbacks would not be called; do their work in property setters, or plug in an [IpcFormatter]");
        }

        if (type.FindAttribute(AttributeNames.MessagePackObject) is { } attribute && !attribute.Named<bool>("AllowPrivate"))
        {
            foreach (ISymbol member in type.GetMembers().Where(IsPrivateMember))
            {
                problems.Add(
                    ProblemKind.MessagePackFeatureUnsupported,
                    member,
                    TypeNames.Display(type) + "." + member.Name,
                    "a key on a member that is not public",
                    "set AllowPrivate = true on [MessagePackObject], or make the member public");
            }
        }
    }

    internal static void CheckMember(ISymbol member, ProblemList problems)
    {
        if (member.HasAttribute(AttributeNames.MessagePackFormatter) && !member.HasAttribute(AttributeNames.Formatter))
        {
            problems.Add(
                ProblemKind.MessagePackFeatureUnsupported, member, member.Name, "[MessagePackFormatter]", "name a formatter with [IpcFormatter]");
        }
    }

    private static bool IsPrivateMember(ISymbol member)
        => member is IPropertySymbol or IFieldSymbol
            && member.DeclaredAccessibility != Accessibility.Public
            && member.HasAttribute(AttributeNames.MessagePackKey);
}
