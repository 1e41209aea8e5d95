"""The `.t` files: one recorded scenario each (see README.md beside this file for the syntax).

    # purpose
    #:cmdline WORDS
      $ COMMAND
      > MORE
      a line of stdout
      2| a line of stderr
      k|<6>a line of the kernel log
      k|<...>
      [1]
      [hung]

A line that ends in ` (esc)` has `\\xNN` and `\\\\` for what could not be written as it is; ` (no-eol)` says that the
last line of a stream has no newline. Text is kept as bytes would be: what is not UTF-8 stands as lone surrogates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

GAP = "<...>"
"""In place of a log line: any number of lines."""
HUNG = -1
"""In place of an exit status: the command did not end, because the whole machine hung."""

_ESC, _NO_EOL = " (esc)", " (no-eol)"
_MARK = re.compile(r"#|\$ |> |2\||k\||\[(\d+|hung)\]$")
_UNPRINTABLE = re.compile("[\0-\x08\x0a-\x1f\x7f\udc80-\udcff]")
_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|\\)")


class SyntaxProblem(ValueError):
    """A line that is not of the format, with its number."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command and what came of it. `log` has `<N>text` for each line; `status` is 128+n for signal n, or HUNG."""

    command: str
    stdout: str = ""
    stderr: str = ""
    log: tuple[str, ...] = ()
    status: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario: why it was recorded, extra words of the kernel command line, and its commands."""

    name: str
    purpose: tuple[str, ...] = ()
    cmdline: str = ""
    steps: tuple[Step, ...] = ()


def load(path: Path) -> Scenario:
    """Read one file; SyntaxProblem or OSError."""
    return parse(path.stem, path.read_bytes().decode("utf-8", "surrogateescape"))


def parse(name: str, text: str) -> Scenario:
    """Take the text of a file apart."""
    reader = _Reader(name)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if not reader.take(line):
            raise SyntaxProblem(f"{name}.t:{number}: {line!r} is not of the format")
    return reader.scenario()


@dataclass
class _Reader:
    name: str
    purpose: list[str] = field(default_factory=list)
    cmdline: list[str] = field(default_factory=list)
    steps: list[_Lines] = field(default_factory=list)

    def take(self, line: str) -> bool:
        """Take one line in; False when it cannot stand there."""
        if not line.startswith("  "):
            return self._take_head(line)
        if line.startswith("  $ "):
            self.steps.append(_Lines([line[4:]]))
            return True
        return bool(self.steps) and self.steps[-1].take(line[2:])

    def _take_head(self, line: str) -> bool:
        head = self.cmdline if line.startswith("#:cmdline ") else self.purpose
        head.append(line.removeprefix("#:cmdline ") if head is self.cmdline else line)
        return line.startswith("#") and not self.steps

    def scenario(self) -> Scenario:
        """All that was taken in."""
        steps = tuple(lines.step() for lines in self.steps)
        return Scenario(self.name, tuple(self.purpose), " ".join(self.cmdline), steps)


@dataclass
class _Lines:
    command: list[str]
    stdout: str = ""
    stderr: str = ""
    log: list[str] = field(default_factory=list)
    status: int = 0

    def take(self, line: str) -> bool:
        """Take one line of the step in, without its indentation."""
        if line.startswith("> "):
            self.command.append(line[2:])
        elif line.startswith("2|"):
            self.stderr += _decoded(line[2:].removeprefix(" "))
        elif line.startswith("k|"):
            self.log.append(_decoded(line[2:]).removesuffix("\n"))
        elif line == "[hung]":
            self.status = HUNG
        elif re.fullmatch(r"\[\d+\]", line):
            self.status = int(line[1:-1])
        else:
            self.stdout += _decoded(line)
        return True

    def step(self) -> Step:
        """All that was taken in."""
        return Step("\n".join(self.command), self.stdout, self.stderr, tuple(self.log), self.status)


def render(scenario: Scenario) -> str:
    """The text of the file; `parse` reads it back."""
    cmdline = [f"#:cmdline {scenario.cmdline}"] if scenario.cmdline else []
    steps = (line for step in scenario.steps for line in render_step(step))
    return "".join(f"{line}\n" for line in (*scenario.purpose, *cmdline, *steps))


def render_step(step: Step) -> Iterator[str]:
    """The lines of one step."""
    first, *more = step.command.split("\n")
    yield f"  $ {first}"
    yield from (f"  > {line}" for line in more)
    yield from (f"  {line}" for line in _encoded(lines_of(step.stdout)))
    yield from (f"  2| {line}" for line in _encoded(lines_of(step.stderr)))
    yield from (f"  k|{line}" for line in _encoded(f"{line}\n" for line in step.log))
    if step.status:
        yield f"  [{'hung' if step.status == HUNG else step.status}]"


def lines_of(text: str) -> list[str]:
    """The lines of a stream, each with its newline if it has one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _decoded(line: str) -> str:
    end = "" if line.endswith(_NO_EOL) else "\n"
    line = line.removesuffix(_NO_EOL)
    if not line.endswith(_ESC):
        return line + end
    characters = _ESCAPED.sub(lambda match: _character(match[1]), line.removesuffix(_ESC))
    return characters.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") + end


def _character(digits: str | None) -> str:
    if digits is None:
        return "\\"
    return bytes([int(digits, 16)]).decode("utf-8", "surrogateescape")


def _encoded(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        text = line.removesuffix("\n")
        if _MARK.match(text) or _UNPRINTABLE.search(text) or text.endswith((_ESC, _NO_EOL)):
            text = _escape(text) + _ESC
        yield text if line.endswith("\n") else text + _NO_EOL


def _escape(text: str) -> str:
    text = _UNPRINTABLE.sub(lambda match: _hex(match[0]), text.replace("\\", r"\\"))
    return _hex(text[0]) + text[1:] if _MARK.match(text) else text


def _hex(character: str) -> str:
    return "".join(rf"\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
