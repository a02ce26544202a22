namespace Contracts.Ipc.Native;

/// <summary>Reading and writing one kind of descriptor: <see cref="SocketIO"/> or <see cref="FileIO"/>.</summary>
/// <remarks>
/// Implemented by empty structs: whoever is generic over them is compiled once for each, so that the system call is called directly. All take a bare
/// descriptor, because a SafeHandle would cost an interlocked pair per call; the caller sees to it that it is not closed meanwhile.
/// </remarks>
internal interface IDescriptorIO
{
    /// <summary>Called once before a descriptor is used.</summary>
    static abstract void Prepare();

    /// <summary>Takes bytes out, without waiting.</summary>
    /// <returns>How many; 0 at the end of the stream; a negated error number.</returns>
    static abstract int Receive(int descriptor, Span<byte> destination);

    /// <summary>Puts as many bytes in as fit without waiting, <paramref name="first"/> before <paramref name="second"/>, in one call.</summary>
    /// <returns>How many; a negated error number. Never SIGPIPE.</returns>
    static abstract int Send(int descriptor, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Tells the peer that this is the end while a thread may still be in a call. Where the kernel has no means for that, it does nothing.</summary>
    static abstract void ShutDown(SafeDescriptor descriptor);
}
