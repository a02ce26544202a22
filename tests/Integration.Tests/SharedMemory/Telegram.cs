using Contracts.Ipc.SharedMemory;

namespace Contracts.Ipc.Integration.Tests.SharedMemory;

/// <summary>What the processes of these tests share: its parts belong together, so that a torn copy shows. Several cache lines long.</summary>
[SharedLayout]
internal partial struct Telegram
{
    private const long Factor = unchecked((long)0x9E37_79B9_7F4A_7C15);

    public long Number;
    public Words Body;
    public long Check;

    public static Telegram Of(long number)
    {
        var telegram = new Telegram { Number = number, Check = number * Factor };
        for (int i = 0; i < Words.Count; i++)
        {
            telegram.Body[i] = number + i;
        }

        return telegram;
    }

    public readonly bool IsWhole
    {
        get
        {
            bool isWhole = Check == Number * Factor;
            for (int i = 0; i < Words.Count; i++)
            {
                isWhole &= Body[i] == (Number == 0 && Check == 0 && Body[1] == 0 ? 0 : Number + i);
            }

            return isWhole;
        }
    }
}

[System.Runtime.CompilerServices.InlineArray(Count)]
internal struct Words
{
    public const int Count = 24;

    public long First;
}

/// <summary>Takes many pages.</summary>
[SharedLayout]
internal partial struct Archive
{
    public ManyWords Words;
}

[System.Runtime.CompilerServices.InlineArray(8192)]
internal struct ManyWords
{
    public long First;
}
