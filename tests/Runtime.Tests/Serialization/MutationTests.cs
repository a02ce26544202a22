namespace Contracts.Ipc.Runtime.Tests.Serialization;

public sealed class MutationTests(ITestOutputHelper output)
{
    public static TheoryData<WireCase> Cases => [.. WireCases.All];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Whatever_the_bytes_nothing_but_a_serialization_error_comes_out(WireCase type)
    {
        ulong seed = TestSeed.Next(output);
        var random = new Random((int)seed);
        byte[][] samples = [.. type.Samples(seed, 20).Where(sample => sample.Length < 5_000)];
        for (int i = 0; i < 3_000; i++)
        {
            byte[] message = Mutate(samples[random.Next(samples.Length)], random);
            try
            {
                type.Read(message);
            }
            catch (IpcSerializationException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.GetType().Name} from {Convert.ToHexStringLower(message)}: {exception}");
            }
        }
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        List<byte> bytes = [.. sample];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int position = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when position < bytes.Count:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 1 when position < bytes.Count:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(position, (byte)random.Next(0x80, 0x100));
                    break;
                case 3 when position < bytes.Count:
                    bytes.RemoveRange(position, random.Next(1, Math.Min(4, bytes.Count - position) + 1));
                    break;
                case 4:
                    bytes.RemoveRange(position, bytes.Count - position);
                    break;
                default:
                    // A header with a length, then what follows.
                    bytes.InsertRange(position, [(byte)random.Next(0xC4, 0xE0), (byte)random.Next(256), (byte)random.Next(256)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
