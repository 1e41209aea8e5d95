"""What the last word of a command line can become: a tool, an option, the argument of one, an operand.

The words before it are read by getopt, as the tools themselves read them, so that both see the same.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator, Sequence

from modtools import cli
from modtools.command import Tool
from modtools.completion.candidates import ARGUMENTS, OPERANDS, Answer, Ask
from modtools.getopt import BadUsage, Line, Switch, Takes, scan
from modtools.options import Option
from modtools.place import MACHINE, Place

_CURSOR = "\0"
"""Stands for the last word: no word of a command line holds it."""
_PATHS = {"state": ":files", "root": ":folders"}
"""What follows pymod's own options."""


def answers(words: Sequence[str]) -> Iterator[Answer]:
    """What may stand in the place of the last word; the first one is the command."""
    name = words[0].replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    if len(words) < 2:
        return iter(())
    if name in cli.KMOD_TOOLS:
        return _of_tool(name, words[1:], Place(linked=not _is_of_the_machine(words[0])), linked=True)
    return _of_pymod(words[1:])


def _is_of_the_machine(word: str) -> bool:
    """Whether this is a link for pymod's own machine, found as a shell finds commands."""
    for folder in [""] if "/" in word else os.get_exec_path():
        path = os.path.join(folder, word)  # noqa: PTH118  # start-up: no pathlib here
        if os.access(path, os.X_OK):
            return os.path.realpath(path).endswith(f"/{MACHINE}")
    return False


def _of_pymod(words: Sequence[str]) -> Iterator[Answer]:
    """`pymod [OPTIONS] TOOL ...`."""
    line = _scan(words[:-1], cli.SWITCHES, operands_end=True)
    if line is None:
        return
    given = {key: value for key, value in line.options if value is not None}
    word, option = words[-1], next((key for key, value in given.items() if value == _CURSOR), "")
    if option:
        yield Answer(_PATHS[option])
    elif line.operands[0] == _CURSOR:
        yield from _options_of_pymod(word) if word.startswith("-") else _fitting(_tools(), word)
    elif line.operands[0] == cli.HELP:
        yield from _fitting(_tools(), word) if line.operands[1:] == (_CURSOR,) else ()
    elif line.operands[0] in cli.TOOLS:
        place = Place(given.get("state", ""), given.get("root", ""))
        behind = len(line.operands) - 1
        yield from _of_tool(line.operands[0], words[-behind:], place, linked=False)


def _tools() -> Iterator[Answer]:
    return (Answer(name, entry.summary) for name, entry in cli.TOOLS.items())


def _options_of_pymod(word: str) -> Iterator[Answer]:
    option, assigned, _ = word.partition("=")
    for switch in cli.SWITCHES:
        for name in switch.longs:
            if not assigned and f"--{name}".startswith(word):
                yield Answer(f"--{name}{'=' * (switch.takes is Takes.REQUIRED)}")
            elif assigned and option == f"--{name}" and name in _PATHS:
                yield Answer(_PATHS[name])


def _of_tool(name: str, words: Sequence[str], place: Place, *, linked: bool) -> Iterator[Answer]:
    """The words behind a tool's name."""
    tool: Tool = importlib.import_module(cli.TOOLS[name].module).tool
    line = _scan(words[:-1], tool.switches(linked=linked))
    if line is None:
        return
    word, given = words[-1], {key: value or "" for key, value in line.options}
    key = next((key for key, value in given.items() if value == _CURSOR), "")
    ask = Ask(word, line.operands[:-1], given, place)
    if key:
        yield from _fitting(ARGUMENTS[name, key](ask), word)
    elif not word.startswith("-") or "--" in words[:-1]:
        yield from _fitting(OPERANDS[name](ask), word)
    elif word.startswith("--") and "=" in word:
        yield from _of_value(name, tool, ask)
    else:
        yield from _fitting(_options(tool, tool.options(linked=linked)), word)


def _of_value(name: str, tool: Tool, ask: Ask) -> Iterator[Answer]:
    """`--option=VALUE`."""
    option, _, value = ask.word.partition("=")
    for switch in tool.switches(linked=False):
        if option[2:] in switch.longs and switch.takes is Takes.REQUIRED:
            for answer in _fitting(ARGUMENTS[name, switch.key](ask._replace(word=value)), value):
                yield answer if answer.is_order else answer._replace(word=f"{option}={answer.word}")


def _scan(words: Sequence[str], switches: Sequence[Switch], *, operands_end: bool = False) -> Line | None:
    """The words up to the last one, and where that stands; None if they are wrong already."""
    try:
        return scan([*words, _CURSOR], switches, operands_end=operands_end)
    except BadUsage:
        return None


def _options(tool: Tool, options: Iterable[Option]) -> Iterator[Answer]:
    """All names of the options; `=` follows a long one that takes an argument."""
    for option in options:
        for name in option.opts:
            ends = "=" if option.takes is Takes.REQUIRED and name.startswith("--") else ""
            yield Answer(name + ends, tool.describe(option))


def _fitting(found: Iterable[Answer], word: str) -> Iterator[Answer]:
    return (answer for answer in found if answer.is_order or answer.word.startswith(word))
