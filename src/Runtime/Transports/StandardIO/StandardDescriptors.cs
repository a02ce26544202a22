using System.Runtime.Versioning;
using Contracts.Ipc.Native;
using Contracts.Ipc.Transports.Descriptors;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>Takes standard input and output of this process for a channel, by their descriptors, so that nothing else can get at them. Linux only.</summary>
/// <remarks>
/// <para>The channel gets private copies, which programs started from now on do not inherit. Then the numbers 0 and 1 are given to something else: input is empty, and what is
/// printed goes to standard error, whoever prints it: .NET, native code, programs started later.</para>
/// <para>.NET's Console copies the descriptor at its first use, and a logger may keep such a writer for ever. So every number of this process that stands for the
/// same pipe is given away as well. See docs/adr/0030-the-console-moves-out.md.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class StandardDescriptors
{
    /// <exception cref="IpcEndpointException">They are not pipes, or nobody reads them.</exception>
    public static FrameChannel Take(IpcEndpoint endpoint, int maximumFrameLength)
    {
        SafeDescriptor? input = null;
        SafeDescriptor? output = null;
        try
        {
            input = Open(endpoint, 0, "standard input");
            output = Open(endpoint, 1, "standard output");
            using SafeDescriptor errors = OpenErrors(endpoint, output);
            using SafeDescriptor nothing = DescriptorTable.OpenNull();

            // Input first: should both be one socket, the numbers that are left are for printing.
            DescriptorTable.Replace(0, nothing);
            foreach (int copy in DescriptorTable.CopiesOf(output, input))
            {
                DescriptorTable.Replace(copy, errors);
            }

            foreach (int copy in DescriptorTable.CopiesOf(input, output))
            {
                DescriptorTable.Replace(copy, nothing);
            }

            // From here on nothing of this process but the channel writes to the pipe.
            DescriptorTable.WriteAll(output, ServingMarker.Bytes);
            PeerIdentity parent = new(ProcessId: DescriptorTable.ParentProcess());
            DescriptorTable.SetNonBlocking(input);
            DescriptorTable.SetNonBlocking(output);
            var channel = new DescriptorChannel<FileIO>(input, output, parent, maximumFrameLength);
            input = null;
            output = null;
            return channel;
        }
        catch (NativeException error)
        {
            throw error.Errno == Errno.EPIPE ? StandardIOError.ParentIsGone(endpoint, error) : TransportError.CannotListen(endpoint, error.Message + ".", error);
        }
        finally
        {
            input?.Dispose();
            output?.Dispose();
        }
    }

    private static SafeDescriptor Open(IpcEndpoint endpoint, int number, string name)
    {
        SafeDescriptor? copy = DescriptorTable.TryDuplicate(number);
        FileKind? kind = copy is null ? null : Files.Status(copy).Kind;
        if (kind is FileKind.Fifo or FileKind.Socket)
        {
            return copy!;
        }

        copy?.Dispose();
        throw StandardIOError.NotAPipe(endpoint, name, kind);
    }

    private static SafeDescriptor OpenErrors(IpcEndpoint endpoint, SafeDescriptor output)
    {
        SafeDescriptor? errors = DescriptorTable.TryDuplicate(2);
        if (errors is null)
        {
            return DescriptorTable.OpenNull();
        }

        if (!Files.Status(errors).IsSameFileAs(Files.Status(output)))
        {
            return errors;
        }

        errors.Dispose();
        throw StandardIOError.ErrorsInTheSamePipe(endpoint);
    }
}
