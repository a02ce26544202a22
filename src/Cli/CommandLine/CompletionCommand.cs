using System.CommandLine;
using Contracts.Ipc.Cli.Outcomes;
using Contracts.Ipc.Cli.Presentation;

namespace Contracts.Ipc.Cli.CommandLine;

/// <summary><c>ipc completion</c>: what a shell runs to complete command lines of this tool: commands, options, endpoints, methods.</summary>
internal sealed class CompletionCommand : Command
{
    // Bash ends words at colons, so that what stands before the last one must not be repeated.
    private const string Bash =
        """
        _ipc_complete() {
          local line=${COMP_LINE:0:COMP_POINT} word
          word=${line##*[[:space:]]}
          local prefix=${word%"${word##*:}"}
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(ipc "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)" -- "$word"))
          COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
        }
        complete -F _ipc_complete ipc
        """;

    private const string Zsh =
        """
        _ipc() {
          local -a found=("${(@f)$(ipc "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
          compadd -- $found
        }
        compdef _ipc ipc
        """;

    public CompletionCommand(Host host)
        : base("completion", "Print what switches completion on in a shell: eval \"$(ipc completion bash)\".")
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." };
        _ = shell.AcceptOnlyFromAmong("bash", "zsh");
        Arguments.Add(shell);
        SetAction(line =>
        {
            host.Output.WriteLine(line.GetRequiredValue(shell) == "bash" ? Bash : Zsh);
            return (int)ExitCode.Ok;
        });
    }
}
