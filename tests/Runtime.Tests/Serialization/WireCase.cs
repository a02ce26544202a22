using System.Collections;
using Contracts.Ipc.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Contracts.Ipc.Runtime.Tests.Serialization;

/// <summary>One type with its formatter and a source of values: what the suites of properties run over.</summary>
public abstract class WireCase(string name)
{
    public string Name { get; } = name;

    public override string ToString() => Name;

    /// <summary>Valid messages.</summary>
    internal abstract IEnumerable<byte[]> Samples(ulong seed, int count);

    /// <summary>Reads a whole message.</summary>
    internal abstract void Read(ReadOnlySpan<byte> message);

    /// <summary>Checks that values survive, that their messages can be skipped, and that no part of one is taken for a whole.</summary>
    internal abstract void CheckRoundTrips(ulong seed, int count);
}

internal sealed class WireCase<T, TFormatter>(string name, Gen<T> values, Func<T, object?>? view = null) : WireCase(name)
    where TFormatter : struct, IMessageFormatter<T>
{
    internal override IEnumerable<byte[]> Samples(ulong seed, int count)
        => values.Sample(30, new Rnd(seed), count).Select(Codec.Write<T, TFormatter>);

    internal override void Read(ReadOnlySpan<byte> message) => Codec.Read<T, TFormatter>(message);

    internal override void CheckRoundTrips(ulong seed, int count)
        => Prop.ForAll(values.ToArbitrary(), Check).Check(
            Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None))).WithQuietOnSuccess(true));

    private void Check(T value)
    {
        byte[] message = Codec.Write<T, TFormatter>(value);
        T back = Codec.Read<T, TFormatter>(message);
        Assert.Equal(View(value), View(back));
        Assert.Equal(message, Codec.Write<T, TFormatter>(back));

        var skipping = new MessagePackReader(message);
        skipping.Skip();
        Assert.True(skipping.End);

        int step = Math.Max(1, message.Length / 40);
        for (int length = 0; length < message.Length; length += step)
        {
            Codec.Fails<T, TFormatter>(message[..length]);
        }
    }

    // What is compared: collections by their elements in order, numbers by their bits.
    private object? View(T value) => (view is null ? value : view(value)) switch
    {
        string text => text,
        double number => BitConverter.DoubleToInt64Bits(number),
        float number => BitConverter.SingleToInt32Bits(number),
        IEnumerable sequence => sequence.Cast<object?>().ToArray(),
        object other => other,
        null => null,
    };
}
