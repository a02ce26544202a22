using Contracts.Ipc.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Contracts.Ipc.Generators.Parsing;

/// <summary>Makes the model of a message type: a class, record or struct whose members travel.</summary>
internal sealed class MessageParser(FormatterResolver resolver)
{
    // Deep enough for any real nesting of one generic type in itself; a type that is deeper has no end.
    private const int MaximumNesting = 16;

    private static readonly string[] GeneratedLocals = ["reader", "writer", "value", "count", "key", "next"];

    private readonly List<INamedTypeSymbol> _open = [];

    internal Resolution Parse(INamedTypeSymbol type, string canonical)
    {
        if (resolver.Symbols.HidesMembers(type))
        {
            resolver.MetHiddenMembers = true;
            return Resolution.Reported;
        }

        ProblemList problems = resolver.Problems;
        if (!resolver.Symbols.IsAccessible(type))
        {
            problems.Add(ProblemKind.MessageInaccessible, type, TypeNames.Display(type));
            return Resolution.Reported;
        }

        if (GrowsForEver(type))
        {
            problems.Add(ProblemKind.MessageGrowsForEver, type, TypeNames.Display(type.OriginalDefinition));
            return Resolution.Reported;
        }

        int before = problems.Count;
        MessagePackFeatures.Check(type, problems);
        var collector = new MessageMembers(resolver.Symbols, problems, type);
        if (collector.Collect() is not { } members || problems.Count != before)
        {
            return Resolution.Reported;
        }

        // Announced before the members are resolved: a tree contains itself.
        string wire = TypeNames.Wire(type);
        Resolution resolution = resolver.Announce(canonical, wire);
        _open.Add(type.OriginalDefinition);
        Build(type, canonical, wire, members, collector.Style);
        _open.RemoveAt(_open.Count - 1);
        return resolution;
    }

    private bool GrowsForEver(INamedTypeSymbol type)
        => type.IsGenericType && _open.Count(open => SymbolEqualityComparer.Default.Equals(open, type.OriginalDefinition)) >= MaximumNesting;

    private void Build(INamedTypeSymbol type, string canonical, string wire, List<MessageMember> members, MessageStyle style)
    {
        List<Resolution> formatters = [.. members.Select(member => ResolveMember(type, member))];
        if (MessageConstructor.Choose(type, members, resolver.Symbols, resolver.Problems) is not { } constructor)
        {
            return;
        }

        bool isArray = members.Count > 0 ? members[0].Index is not null : style is MessageStyle.Ipc or MessageStyle.MessagePack or MessageStyle.DataContract;
        resolver.Description.AddMessage(wire, isArray);
        resolver.Facts?.AddMessage(type, isArray, members, formatters, constructor);
        resolver.Declaration.AddMessage(type.OriginalDefinition, isArray, DeclaredMembers(type, members));
        var accessors = new MemberAccessors();
        var locals = new UniqueNames(GeneratedLocals);
        var models = new List<MemberModel>();
        for (int i = 0; i < members.Count; i++)
        {
            MemberModel model = ToModel(members[i], formatters[i], constructor, accessors, locals);
            models.Add(model);
            if (model.Binding == MemberBinding.None && (style is MessageStyle.Plain or MessageStyle.Ipc) && IsStored(members[i].Symbol))
            {
                resolver.Problems.Add(ProblemKind.MemberNotSettable, members[i].Symbol, members[i].Name, TypeNames.Display(type));
            }

            if (isArray)
            {
                resolver.Description.AddMember(wire, model.Index, formatters[i].Wire);
            }
            else
            {
                resolver.Description.AddMember(wire, model.Key, formatters[i].Wire);
            }
        }

        var formatter = new MessageFormatterModel
        {
            Namespace = resolver.Namespace,
            Name = FormatterNames.Of(canonical),
            TypeName = canonical,
            DisplayName = TypeNames.Display(type),
            IsValueType = type.IsValueType,
            IsArray = isArray,
            Members = models.ToEquatableArray(),
            Construction = Construction(type, canonical, constructor, accessors) + Arguments(constructor, members, models),
            IsConstructedLast = models.Any(model => model.Binding == MemberBinding.Constructor),
            Accessors = accessors.ToModels(),
        };
        resolver.Emit(formatter, formatters);
    }

    /// <summary>The members in terms of the type's parameters.</summary>
    private List<MessageMember> DeclaredMembers(INamedTypeSymbol type, List<MessageMember> members)
        => SymbolEqualityComparer.Default.Equals(type, type.OriginalDefinition)
            ? members
            : new MessageMembers(resolver.Symbols, new ProblemList(resolver.Symbols.Compilation, type), type.OriginalDefinition).Collect() ?? members;

    private Resolution ResolveMember(INamedTypeSymbol type, MessageMember member)
    {
        resolver.Problems.Path.Push(member.Name);
        int before = resolver.Problems.Count;
        MessagePackFeatures.CheckMember(member.Symbol, resolver.Problems);
        Resolution resolution = resolver.Problems.Count != before
            ? Resolution.Reported
            : resolver.Resolve(member.Type, member.Symbol, MessageMembers.AttributesOf(member.Symbol));
        if (resolution.Reason is { } reason)
        {
            resolver.Problems.Add(
                ProblemKind.MemberTypeUnsupported,
                member.Symbol,
                member.Name,
                TypeNames.Display(type),
                TypeNames.Display(member.Type),
                reason);
        }

        resolver.Problems.Path.Pop();
        return resolution;
    }

    private MemberModel ToModel(MessageMember member, Resolution formatter, MessageConstructor constructor, MemberAccessors accessors, UniqueNames locals)
    {
        bool constructed = constructor.Members.Contains(member);
        (MemberBinding binding, string? setter) = constructed ? (MemberBinding.Constructor, null) : Bind(member, accessors);
        string name = TypeNames.Identifier(member.Name);
        return new MemberModel
        {
            Name = member.Name,
            Index = member.Index ?? 0,
            Key = member.Key ?? "",
            Value = formatter.ToValue(member.Type),
            Getter = CanRead(member)
                ? "value." + name
                : $"{accessors.Getter(member)}({Target(member)})",
            Local = TypeNames.Identifier(locals.Take(LocalName(member.Name))),
            Binding = binding,
            Setter = setter,
            CanBeGap = Gaps.Reveal(member.Type, formatter, resolver.Namespace),
            Default = constructed ? DefaultOf(constructor, member) : "default",
        };
    }

    private (MemberBinding Binding, string? Setter) Bind(MessageMember member, MemberAccessors accessors)
    {
        if (!member.IsSettable)
        {
            return (MemberBinding.None, null);
        }

        bool direct = member.Symbol is IFieldSymbol
            ? resolver.Symbols.IsAccessible(member.Symbol)
            : member.Setter is { IsInitOnly: false } setter && resolver.Symbols.IsAccessible(setter);
        if (direct)
        {
            return (MemberBinding.Assignment, "value." + TypeNames.Identifier(member.Name));
        }

        // The accessor of a field returns a reference to it, that of a property takes the value.
        return member.IsProperty
            ? (MemberBinding.Accessor, accessors.Setter(member))
            : (MemberBinding.Assignment, $"{accessors.Getter(member)}({Target(member)})");
    }

    private static string Target(MessageMember member) => member.Symbol.ContainingType.IsValueType ? "ref value" : "value";

    private bool CanRead(MessageMember member) => resolver.Symbols.IsAccessible(member.Getter ?? member.Symbol);

    /// <summary>
    /// An auto-property holds something that would be lost; a computed one is computed again. A reference assembly leaves out private
    /// setters and does not tell the two apart, so there it is better to ask.
    /// </summary>
    private static bool IsStored(ISymbol member)
        => member is IFieldSymbol
            || member.ContainingType.GetMembers($"<{member.Name}>k__BackingField").Length > 0
            || member.ContainingAssembly.HasAttribute("System.Runtime.CompilerServices.ReferenceAssemblyAttribute");

    private static string DefaultOf(MessageConstructor constructor, MessageMember member)
    {
        int index = constructor.Members.ToList().IndexOf(member);
        return DefaultValues.Of(constructor.Symbol!.Parameters[index]) ?? "default";
    }

    private string Construction(INamedTypeSymbol type, string canonical, MessageConstructor constructor, MemberAccessors accessors)
    {
        if (constructor.Symbol is not { } symbol)
        {
            return $"default({canonical})";
        }

        // new would insist on an initializer for required members, whether or not their keys came.
        bool mustInitialize = HasRequiredMembers(type)
            && !symbol.HasAttribute("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute");
        return resolver.Symbols.IsAccessible(symbol) && !mustInitialize ? "new " + canonical : accessors.Constructor(symbol);
    }

    internal static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            {
                return true;
            }
        }

        return false;
    }

    private static string Arguments(MessageConstructor constructor, List<MessageMember> members, List<MemberModel> models)
    {
        if (constructor.Symbol is not { } symbol)
        {
            return "";
        }

        IEnumerable<string> arguments = constructor.Members.Select((member, index) => member is null
            ? DefaultValues.Of(symbol.Parameters[index]) ?? "default"
            : models[members.IndexOf(member)].Local);
        return $"({string.Join(", ", arguments)})";
    }

    private static string LocalName(string name) => name.TrimStart('_') is { Length: > 0 } trimmed
        ? char.ToLowerInvariant(trimmed[0]) + trimmed.Substring(1)
        : "member";
}
