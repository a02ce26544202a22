using System.Runtime.CompilerServices;

namespace Matrix.Library;

// Contracts and messages beside, inside and made of what C# 14 brought; each of these would have confused a parser that
// knows an older language.

/// <summary>A property with the keyword <c>field</c>, a null-conditional assignment, an expression-bodied partial property.</summary>
public partial class Account
{
    public required string Owner
    {
        get;
        set => field = value.Trim();
    }

    public int Balance { get => field; set => field = Math.Max(0, value); } = 10;

    public Account? Parent { get; set; }

    public partial string? Note { get; set; }

    public void Rename(string owner) => Parent?.Owner = owner;
}

public partial class Account
{
    public partial string? Note { get => field ?? "none"; set; }
}

/// <summary>A partial constructor and a partial event.</summary>
public partial class Ticket
{
    public partial Ticket(int number, string holder = "nobody");

    public partial event EventHandler? Changed;

    public int Number { get; }

    public string Holder { get; }

    public int Seat { get; init; } = 7;
}

public partial class Ticket
{
    public partial Ticket(int number, string holder)
    {
        Number = number;
        Holder = holder;
    }

    public partial event EventHandler? Changed { add { } remove { } }
}

/// <summary>User-defined compound assignment, in a struct that is a message.</summary>
public struct Total
{
    public int Sum { get; set; }

    public void operator +=(int value) => Sum += value;
}

/// <summary>A parameter that allows ref structs, in an interface that a contract inherits.</summary>
public interface IReader<T>
    where T : allows ref struct
{
    string Describe(T value) => "nothing";
}

/// <summary>Extension members on a contract and on a message.</summary>
public static class Extensions
{
    extension(IBank bank)
    {
        public ValueTask<Account> OpenAsync(string owner) => bank.StoreAsync(new Account { Owner = owner });

        public static string Kind => "bank";
    }

    extension(Account account)
    {
        public bool IsEmpty => account.Balance == 0;
    }
}

/// <summary>Inherits an interface with ref struct arguments and declares parameters in every modern way.</summary>
[IpcService]
public partial interface IBank : IReader<ReadOnlySpan<char>>
{
    ValueTask<Account> StoreAsync(Account account);

    Task<Ticket> PrintAsync(Ticket ticket);

    int Add(params int[] numbers);

    [IpcMethod(Name = "AddList")]
    int Add(params List<string> words);

    Total Accumulate(Total total, int value = 1);

    string Name => nameof(List<>);
}

/// <summary>A primary constructor, a file-local helper and inline arrays stand beside the contract.</summary>
public sealed class Bank(string prefix = "") : IBank
{
    public ValueTask<Account> StoreAsync(Account account)
    {
        account.Note ??= Helper.Text;
        account.Owner = prefix + account.Owner + "  ";
        return new(account);
    }

    public Task<Ticket> PrintAsync(Ticket ticket) => Task.FromResult(new Ticket(ticket.Number + 1, ticket.Holder) { Seat = ticket.Seat });

    public int Add(params int[] numbers) => numbers.Sum();

    public int Add(params List<string> words) => words.Count;

    public Total Accumulate(Total total, int value)
    {
        total += value;
        return total;
    }
}

file static class Helper
{
    internal static string Text => "stored";
}

[InlineArray(4)]
public struct Buffer
{
    private int _first;
}
