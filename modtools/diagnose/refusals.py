"""The last refusal of a machine as a story: what was typed, where it ended, and what to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from modtools import causes
from modtools.diagnose.remedies import REMEDIES
from modtools.kernel.state import Kernel, Refusal
from modtools.linuxerrno import ENOENT, INSMOD_WORDS, strerror
from modtools.relations.commands import Commands
from modtools.relations.holders import how_to_remove

_MOST: Final = 3
"""Causes that are told."""


def story(refusal: Refusal, kernel: Kernel, commands: Commands) -> Iterator[tuple[str, str]]:
    """Yield what happened, and what to do: first of the whole, then of each cause for which the kernel refused."""
    what, do = _DAMAGED if refusal.step == "file" and refusal.errno != ENOENT else _STEPS[refusal.step]
    words = strerror(refusal.errno, INSMOD_WORDS if refusal.step == "kernel" else {}) if refusal.errno else ""
    fields = {
        "module": refusal.module,
        "path": refusal.path or "the file",
        "words": f": {words}" if words else "",
        "why": commands.ask("why", "--not", refusal.module or _operand(refusal)),
        "config": commands.run("modprobe", "-c"),
        "name": commands.run("modprobe", refusal.module),
    }
    yield what.format_map(fields), "" if refusal.causes else do.format_map(fields)
    run = commands.run().strip("`") + " "
    for cause in refusal.causes[:_MOST]:
        remedy = REMEDIES.get(cause.kind)
        if remedy is not None:
            taken = cause.kind == causes.NAME_TAKEN and cause.subject in kernel.modules
            advice = how_to_remove(kernel, cause.subject, commands) if taken else ""
            yield f"{remedy.message(cause)}.", advice or remedy.advice(cause, refusal.path or cause.subject, run)


def _operand(refusal: Refusal) -> str:
    """Return the name that a command was about, as it was typed."""
    words = [word for word in shlex.split(refusal.command)[1:] if not word.startswith("-")]
    return words[0] if words else ""


_DAMAGED: Final = ("{path} cannot be read{words}.", "It is no module, is damaged, or may not be read: copy it again.")
_STEPS: Final[Mapping[str, tuple[str, str]]] = {
    "kernel": ("The kernel refused it{words}.", "See what the kernel said: `pymod dmesg`."),
    "file": ("{path} cannot be read{words}.", "Name a file that is there; modprobe takes a module's name instead."),
    "find": ("The name means no module, alias or builtin module of the tree.", "{why} tells more."),
    "blacklist": (
        "The alias means {module}, which modprobe.d blacklists: modprobe passes over that without a word.",
        "By its own name it is loaded all the same: {name}. {config} lists the lines of the blacklist.",
    ),
    "builtin": (
        "{module} is part of the kernel: there is nothing to load.",
        "Its parameters belong on the kernel's command line.",
    ),
    "command": (
        "A command of modprobe.d failed that is run in its place, or in that of what it needs.",
        "{why} names the line.",
    ),
    "remove": ("It was not removed: the kernel was not even asked{words}.", ""),
}
"""What happened and what to do for each step of a refusal."""
