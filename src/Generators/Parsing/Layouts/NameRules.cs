using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing.Layouts;

/// <summary>What the name of a field gives away about what is in it, where the type does not. Advice only: a name is no proof.</summary>
internal static class NameRules
{
    private static readonly string[] OfOneProcess = ["Handle", "Fd", "FileDescriptor", "Ptr", "HashCode", "ThreadId"];
    private static readonly string[] Secrets = ["Password", "Passphrase", "PrivateKey", "SecretKey", "ApiKey", "AccessToken", "AuthToken", "RefreshToken", "Credential"];

    // PasswordLength and the like tell about a secret without being one.
    private static readonly string[] NoSecrets = ["Length", "Size", "Count", "Id", "Index", "Offset", "Version", "Hash", "Expiry", "Expires", "Kind", "Type"];

    internal static void Check(List<IFieldSymbol> fields, LayoutProblemList problems)
    {
        foreach (IFieldSymbol field in fields)
        {
            problems.Enter(field);
            Check(field, fields, problems);
            problems.Leave();
        }
    }

    private static void Check(IFieldSymbol field, List<IFieldSymbol> fields, LayoutProblemList problems)
    {
        string name = Pascal(LayoutProblemList.NameOf(field));
        if (IsInteger(field.Type) && OfOneProcess.Any(word => EndsWithWord(name, word)))
        {
            problems.Add(LayoutProblemKind.ProcessLocalName);
        }
        else if (IsInteger(field.Type) && (EndsWithWord(name, "Pid") || EndsWithWord(name, "ProcessId")) && !fields.Any(IsStartTime))
        {
            problems.Add(LayoutProblemKind.ProcessIdAlone);
        }
        else if (field.Type.SpecialType != SpecialType.System_Boolean
            && (EndsWithWord(name, "Secret") || Secrets.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0))
            && !NoSecrets.Any(word => EndsWithWord(name, word)))
        {
            problems.Add(LayoutProblemKind.Secret);
        }
    }

    private static bool IsStartTime(IFieldSymbol field)
    {
        string name = Pascal(LayoutProblemList.NameOf(field));
        return name.IndexOf("Start", StringComparison.Ordinal) >= 0 || name.IndexOf("Birth", StringComparison.Ordinal) >= 0 || name.IndexOf("Created", StringComparison.Ordinal) >= 0;
    }

    private static bool IsInteger(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;

    /// <summary>Words begin with a capital: <c>SocketFd</c> ends with Fd, <c>Rfd</c> does not.</summary>
    private static bool EndsWithWord(string name, string word) => name.EndsWith(word, StringComparison.Ordinal);

    private static string Pascal(string name)
    {
        string bare = name.TrimStart('_');
        return bare.Length == 0 ? bare : char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }
}
