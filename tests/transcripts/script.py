"""A recording's command line as simple commands, for whoever plays it without a shell.

Read here of the language of sh (POSIX.1-2017, XCU 2): words with quotes, `;` and `&&`, `> FILE`, and `$(uname -r)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests import reference


class Needs(Exception):
    """The command line needs something that is not there; says what."""


@dataclass
class Command:
    """A command: its words, the file that gets its output, and whether it runs only after one that went well."""

    words: list[str] = field(default_factory=list)
    into: str = ""
    if_well: bool = False


_TOKEN = re.compile(
    r"""(?P<blank>[ \t]+)
    | (?P<end> ;|\n|&&)
    | (?P<into> (?<![0-9])>(?![>&]))
    | '(?P<quoted> [^']*)'
    | "(?P<text> [^"\\$`]*)"
    | \$\((?P<release> uname[ ]-r)\)
    | \\(?P<escaped> [^\n])
    | (?P<plain> [^\s;&|<>()'"\\$`*?\[\]{}~#!]+)
    """,
    re.VERBOSE,
)


def parse(text: str, release: str = reference.RELEASE) -> list[Command]:
    """The commands of a line, on a kernel of this release. Raises Needs for what only a shell can do."""
    commands = [Command()]
    for kind, value in _joined(text, release):
        now = commands[-1]
        if kind == "end":
            if not now.words or now.into == ">":
                raise Needs("a shell")
            commands.append(Command(if_well=value == "&&"))
        elif kind == "into":
            now.into = ">"
        elif now.into == ">":
            now.into = value
        else:
            now.words.append(value)
    return commands


def _joined(text: str, release: str) -> Iterator[tuple[str, str]]:
    """The words and operators of a line, in order."""
    word: str | None = None
    for kind, value in _tokens(text, release):
        if kind not in ("blank", "end", "into"):
            word = (word or "") + value
            continue
        if word is not None:
            yield "word", word
            word = None
        if kind != "blank":
            yield kind, value
    if word is not None:
        yield "word", word


def _tokens(text: str, release: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise Needs(f"a shell, for {text[at]}")
        kind = found.lastgroup
        yield kind, release if kind == "release" else found[kind]
        at = found.end()
