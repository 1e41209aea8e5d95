"""completion: what makes a shell complete the words after pymod."""

from __future__ import annotations

from modtools.command import Call, command, operand
from modtools.completion.scripts import SCRIPTS
from modtools.place import MACHINE, SYSTEM
from modtools.report import Report, Text
from modtools.tools import KMOD_TOOLS


@command()
@operand("shell", type=tuple(SCRIPTS), metavar="bash|zsh|fish")
@operand("words", metavar="[-- WORD...]", many=True)
def tool(call: Call, *, shell: str, words: tuple[str, ...]) -> Report:  # noqa: ARG001  # every tool gets its call
    """Print a script that makes a shell complete tools, options, names of modules and files.

    bash: eval "$(pymod completion bash)"; zsh: source <(pymod completion zsh); fish: pymod completion fish | source.
    To have it in every shell, put that line into the file that the shell reads at its start. kmod's names are completed
    too, where they are links to pymod.

    With WORDs, print what the last WORD can become, one candidate a line; it may be empty. The script calls this.
    """
    if not words:
        script = SCRIPTS[shell].replace("@NAMES@", " ".join(KMOD_TOOLS))
        return Report((Text(script.replace("@MACHINE@", MACHINE).replace("@SYSTEM@", SYSTEM)),))
    from modtools.completion.words import answers

    return Report((Text("".join(f"{line}\n" for line in answers(words, about=shell != "bash"))),))
