using Contracts.Ipc.CompilerServices;
using Contracts.Ipc.Serialization;

namespace Contracts.Ipc.Runtime.Tests.Serialization.Exemplars;

// Four levels. A member that has a formatter of its own ends the run before it and starts a new one behind it.
[IpcMessage]
public sealed record Shipment([property: IpcKey(0)] long Id, [property: IpcKey(1)] Order Order, [property: IpcKey(2)] bool Insured);

[IpcMessage]
public sealed record Order([property: IpcKey(0)] int Number, [property: IpcKey(1)] Customer Customer, [property: IpcKey(2)] double Total);

[IpcMessage]
public sealed record Customer([property: IpcKey(0)] string Name, [property: IpcKey(1)] Address Address, [property: IpcKey(2)] int Age);

[IpcMessage]
public sealed record Address([property: IpcKey(0)] string Street, [property: IpcKey(1)] string City, [property: IpcKey(2)] int PostCode);

internal readonly struct ShipmentFormatter : IMessageFormatter<Shipment?>
{
    public static void Write(ref MessagePackWriter writer, Shipment? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 10);
        next = ref RawMessagePack.WriteCode(ref next, 0x93);
        next = ref RawMessagePack.WriteInt64(ref next, value.Id);
        RawMessagePack.Advance(ref writer, ref next);
        OrderFormatter.Write(ref writer, value.Order);
        writer.Write(value.Insured);
    }

    public static Shipment? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        long id = count > 0 ? reader.ReadInt64() : default;
        Order? order = count > 1 ? OrderFormatter.Read(ref reader) : default;
        bool insured = count > 2 ? reader.ReadBoolean() : default;
        if (count > 3)
        {
            reader.SkipMany(count - 3);
        }

        reader.Leave();
        return new Shipment(id, order!, insured);
    }
}

internal readonly struct OrderFormatter : IMessageFormatter<Order?>
{
    public static void Write(ref MessagePackWriter writer, Order? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 6);
        next = ref RawMessagePack.WriteCode(ref next, 0x93);
        next = ref RawMessagePack.WriteInt32(ref next, value.Number);
        RawMessagePack.Advance(ref writer, ref next);
        CustomerFormatter.Write(ref writer, value.Customer);
        writer.Write(value.Total);
    }

    public static Order? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        int number = count > 0 ? reader.ReadInt32() : default;
        Customer? customer = count > 1 ? CustomerFormatter.Read(ref reader) : default;
        double total = count > 2 ? reader.ReadDouble() : default;
        if (count > 3)
        {
            reader.SkipMany(count - 3);
        }

        reader.Leave();
        return new Order(number, customer!, total);
    }
}

internal readonly struct CustomerFormatter : IMessageFormatter<Customer?>
{
    public static void Write(ref MessagePackWriter writer, Customer? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 33);
        next = ref RawMessagePack.WriteCode(ref next, 0x93);
        next = ref RawMessagePack.WriteString(ref writer, ref next, value.Name, 0);
        RawMessagePack.Advance(ref writer, ref next);
        AddressFormatter.Write(ref writer, value.Address);
        writer.Write(value.Age);
    }

    public static Customer? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        string? name = count > 0 ? reader.ReadString() : default;
        Address? address = count > 1 ? AddressFormatter.Read(ref reader) : default;
        int age = count > 2 ? reader.ReadInt32() : default;
        if (count > 3)
        {
            reader.SkipMany(count - 3);
        }

        reader.Leave();
        return new Customer(name!, address!, age);
    }
}

internal readonly struct AddressFormatter : IMessageFormatter<Address?>
{
    public static void Write(ref MessagePackWriter writer, Address? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ref byte next = ref RawMessagePack.Reserve(ref writer, 70);
        next = ref RawMessagePack.WriteCode(ref next, 0x93);
        next = ref RawMessagePack.WriteString(ref writer, ref next, value.Street, 37);
        next = ref RawMessagePack.WriteString(ref writer, ref next, value.City, 5);
        next = ref RawMessagePack.WriteInt32(ref next, value.PostCode);
        RawMessagePack.Advance(ref writer, ref next);
    }

    public static Address? Read(ref MessagePackReader reader)
    {
        if (!reader.TryEnterArray(out int count))
        {
            return null;
        }

        string? street = count > 0 ? reader.ReadString() : default;
        string? city = count > 1 ? reader.ReadString() : default;
        int postCode = count > 2 ? reader.ReadInt32() : default;
        if (count > 3)
        {
            reader.SkipMany(count - 3);
        }

        reader.Leave();
        return new Address(street!, city!, postCode);
    }
}
