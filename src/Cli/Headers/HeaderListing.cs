namespace Contracts.Ipc.Cli.Headers;

/// <summary>The C headers of an assembly.</summary>
/// <param name="Assembly">The file that was read.</param>
/// <param name="Directory">Where the headers were written, or null.</param>
/// <param name="Headers">One for each shared struct, in the order of names.</param>
internal sealed record HeaderListing(string Assembly, string? Directory, IReadOnlyList<Header> Headers);

/// <summary>One C header.</summary>
/// <param name="Type">The struct.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Alignment">Its alignment.</param>
/// <param name="File">What the build calls the file.</param>
/// <param name="IsChanged">Whether the file was written; false if it had this text already, or if nothing was to be written.</param>
/// <param name="Text">The header.</param>
internal sealed record Header(string Type, int Size, int Alignment, string File, bool IsChanged, string Text);
