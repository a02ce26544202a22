using System.Text;

namespace Contracts.Ipc.Transports.StandardIO;

/// <summary>Cuts what a process prints into lines. For one thread at a time.</summary>
internal sealed class LineSplitter(Encoding encoding, Action<string> onLine)
{
    /// <summary>A longer line is handed out in pieces of this many characters: a process that never ends its line must not cost memory.</summary>
    public const int MaximumLineLength = 4096;

    private const int Slice = 1024;

    private readonly Decoder _decoder = encoding.GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly char[] _characters = new char[encoding.GetMaxCharCount(Slice)];

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> slice = bytes[..Math.Min(bytes.Length, Slice)];
            bytes = bytes[slice.Length..];
            Append(_characters.AsSpan(0, _decoder.GetChars(slice, _characters, flush: false)));
        }
    }

    /// <summary>Nothing comes any more: hands out a last line that was not ended.</summary>
    public void Finish()
    {
        if (_line.Length > 0)
        {
            End();
        }
    }

    private void Append(ReadOnlySpan<char> characters)
    {
        while (!characters.IsEmpty)
        {
            int end = characters.IndexOf('\n');
            ReadOnlySpan<char> part = end < 0 ? characters : characters[..end];
            int room = MaximumLineLength - _line.Length;
            if (part.Length > room)
            {
                _ = _line.Append(part[..room]);
                characters = characters[room..];
                End();
                continue;
            }

            _ = _line.Append(part);
            if (end < 0)
            {
                return;
            }

            End();
            characters = characters[(end + 1)..];
        }
    }

    private void End()
    {
        int length = _line.Length;
        string line = _line.ToString(0, length > 0 && _line[length - 1] == '\r' ? length - 1 : length);
        _ = _line.Clear();
        onLine(line);
    }
}
