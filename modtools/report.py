"""What a tool answers: a frozen Report, read by `render` as text, JSON or a table for a terminal.

A tool builds these values and prints nothing. The order of the parts is the order in which a reader sees them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = None | bool | int | str | Sequence["Value"] | Mapping[str, "Value"]
"""What a cell may hold: what JSON can say."""


@dataclass(frozen=True)
class Text:
    """Words for standard output, to the byte and with their newlines. str or bytes (the content of a file)."""

    text: str | bytes


@dataclass(frozen=True)
class Message:
    """A line for standard error: `PROGRAM: LEVEL: text`. No level, no `LEVEL: `.

    `origin` stands in for the program's name where it is another one that speaks (`libkmod`).
    """

    text: str
    level: str = "ERROR"
    origin: str = ""


@dataclass(frozen=True)
class Hint:
    """Advice for a person: shown only on a terminal, and never by a link that stands in for kmod."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table on a terminal: `cell` is a format string over the fields of a row."""

    title: str
    cell: str
    right: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a `name` (that of the JSON array). Each row is a mapping, and all rows have the same fields.

    As plain text: `header` (if there is one), then each row in the format string `line`, where a list reads as its
    members with commas between, and blanks at the end of the line are dropped. On a terminal: `columns`, if there are
    any, else the plain text.
    """

    name: str
    rows: Sequence[Mapping[str, Value]]
    line: str
    header: str = ""
    columns: Sequence[Column] = ()


@dataclass(frozen=True)
class Field:
    """One fact: `key` names it in JSON, `label` for a reader; `words` say the value where the bare one does not."""

    key: str
    label: str
    value: Value
    words: str | None = None


@dataclass(frozen=True)
class Fields:
    """Facts about one thing, under a `name` (that of the JSON object)."""

    name: str
    fields: Sequence[Field]


Part = Text | Message | Hint | Table | Fields


@dataclass(frozen=True)
class Report:
    """All that a tool answers. With `syslog` the messages go to the system's log and not to standard error."""

    parts: Sequence[Part] = ()
    status: int = 0
    syslog: bool = False
