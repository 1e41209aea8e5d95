"""completion: what makes a shell complete the words after pymod."""

from __future__ import annotations

from modtools.cli import KMOD_TOOLS
from modtools.command import Call, command, operand
from modtools.completion.scripts import SCRIPTS
from modtools.place import MACHINE
from modtools.report import Report, Text


@command()
@operand("shell", type=tuple(SCRIPTS), metavar="bash|zsh|fish")
@operand("words", metavar="[-- WORD...]", many=True)
def tool(call: Call, *, shell: str, words: tuple[str, ...]) -> Report:  # noqa: ARG001  # every tool gets its call
    """Print a script that makes a shell complete tools, options, names of modules and files.

    bash: eval "$(pymod completion bash)"; zsh: source <(pymod completion zsh); fish: pymod completion fish | source.
    Put in the file that the shell reads when it starts, it lasts. kmod's names are completed, too, where they are links
    to pymod.

    With WORDs it prints what the last of them, which may be empty, can become; that is how the script asks.
    """
    if not words:
        script = SCRIPTS[shell].replace("@NAMES@", " ".join(KMOD_TOOLS)).replace("@MACHINE@", MACHINE)
        return Report((Text(script),))
    from modtools.completion.words import answers

    lines = dict.fromkeys(answer.line(about=shell != "bash") for answer in answers(words))
    return Report((Text("".join(f"{line}\n" for line in lines)),))
