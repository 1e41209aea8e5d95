"""What the last word of a command line can become: a tool, an option, the argument of one, an operand.

click reads the words before it (`clicked`), for a link that stands in for kmod as that tool alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from modtools import clicked
from modtools.place import MACHINE, Place
from modtools.tools import KMOD_TOOLS, load


def answers(words: Sequence[str], *, about: bool) -> list[str]:
    """Return the lines that a shell's script reads, with `about` a tab and what each is for behind the word.

    The first word is the command.
    """
    if len(words) < 2:
        return []
    name = words[0].replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    if name in KMOD_TOOLS:
        place = Place(linked=not _is_of_the_machine(words[0]))
        found = clicked.complete(clicked.ToolCommand(name, load(name), linked=True), [name, *words[1:]], place)
    else:
        found = clicked.complete(clicked.pymod, words)
    lines = (f"{item.value}\t{item.help}" if about and item.help else item.value for item in found)
    return list(dict.fromkeys(lines))


def _is_of_the_machine(word: str) -> bool:
    """Return whether this is a link for pymod's own machine, found as a shell finds commands."""
    for folder in [""] if "/" in word else os.get_exec_path():
        path = os.path.join(folder, word)  # noqa: PTH118  # start-up: no pathlib here
        if os.access(path, os.X_OK):
            return os.path.realpath(path).endswith(f"/{MACHINE}")
    return False
