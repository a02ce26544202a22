namespace Contracts.Ipc.Transports.Queues;

/// <summary>The clients of one request queue by their numbers. Found without a lock; changed under one.</summary>
/// <remarks>A number is a place and, above it, how often the place was used: what is late for one client does not reach the next.</remarks>
internal sealed class ClientTable
{
    private const int PlaceBits = 16;
    private const int MaximumClients = (1 << PlaceBits) - 1;

    private readonly Lock _gate = new();
    private ServerQueueChannel?[] _channels = new ServerQueueChannel?[16];
    private ushort[] _uses = new ushort[16];

    /// <summary>The client of a number, or null.</summary>
    public ServerQueueChannel? Find(uint number)
    {
        ServerQueueChannel?[] channels = Volatile.Read(ref _channels);
        uint place = number & MaximumClients;
        return place < (uint)channels.Length && Volatile.Read(ref channels[place]) is { } channel && channel.Number == number ? channel : null;
    }

    /// <summary>Gives a number to a new client.</summary>
    public ServerQueueChannel Add(Func<uint, ServerQueueChannel> make)
    {
        lock (_gate)
        {
            int place = Array.IndexOf(_channels, null);
            if (place < 0)
            {
                place = _channels.Length;
                if (place > MaximumClients)
                {
                    throw QueueError.TooManyClients(MaximumClients);
                }

                Array.Resize(ref _uses, 2 * place);
                ServerQueueChannel?[] larger = new ServerQueueChannel?[2 * place];
                _channels.CopyTo(larger, 0);
                Volatile.Write(ref _channels, larger);
            }

            // Never 0 above the place, so that no client has the number 0.
            _uses[place] = Math.Max((ushort)1, (ushort)(_uses[place] + 1));
            ServerQueueChannel channel = make(((uint)_uses[place] << PlaceBits) | (uint)place);
            Volatile.Write(ref _channels[place], channel);
            return channel;
        }
    }

    public void Remove(ServerQueueChannel channel)
    {
        lock (_gate)
        {
            int place = Array.IndexOf(_channels, channel);
            if (place >= 0)
            {
                Volatile.Write(ref _channels[place], null);
            }
        }
    }

    /// <summary>All that are there now.</summary>
    public ServerQueueChannel[] All()
    {
        lock (_gate)
        {
            return [.. _channels.OfType<ServerQueueChannel>()];
        }
    }
}
