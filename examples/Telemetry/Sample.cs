using System.Runtime.CompilerServices;
using Contracts.Ipc.SharedMemory;

namespace Telemetry;

/// <summary>What the producer publishes. The same struct in C is generated from it when the project is built.</summary>
[SharedLayout]
internal partial struct Sample
{
    /// <summary>1, 2, 3 and so on.</summary>
    public long Number;

    /// <summary>What thirteen sensors say.</summary>
    public Sensors Sensors;

    /// <summary>Their sum.</summary>
    public double Total;

    /// <summary>Makes up a sample.</summary>
    public static Sample Make(long number)
    {
        var sample = new Sample { Number = number };
        for (int i = 0; i < Sensors.Count; i++)
        {
            sample.Sensors[i] = (number % 1000) + i;
            sample.Total += sample.Sensors[i];
        }

        return sample;
    }

    /// <summary>Whether all of it comes from one <see cref="Make"/>. A copy that was half overwritten meanwhile has a wrong sum, or sensors of another number.</summary>
    public readonly bool IsWhole
    {
        get
        {
            double total = 0;
            for (int i = 0; i < Sensors.Count; i++)
            {
                total += Sensors[i];
            }

            return total == Total && Sensors[0] == Number % 1000;
        }
    }
}

/// <summary>An array inside of a struct: thirteen numbers in a row.</summary>
[InlineArray(Count)]
internal struct Sensors
{
    public const int Count = 13;

    private double _first;
}
