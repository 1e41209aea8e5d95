"""What a tool answers: a frozen Report, read by `render` as text, JSON or a table for a terminal.

A tool builds these values and prints nothing. The order of the parts is the order in which a reader sees them.
They are named tuples, because every command makes these classes when it starts: a dataclass takes seven times as long.
"""

from __future__ import annotations

from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from modtools.errors import Killed

Value: TypeAlias = """bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"] | None"""
"""What a cell may hold: what JSON can say."""


class Text(NamedTuple):
    """Words for standard output, to the byte and with their newlines. str or bytes (the content of a file)."""

    text: str | bytes


class Message(NamedTuple):
    """A line for standard error: `PROGRAM: LEVEL: text`. No level, no `LEVEL: `.

    `origin` stands in for the program's name where it is another one that speaks (`libkmod`); `bare` is the text alone.
    """

    text: str
    level: str = "ERROR"
    origin: str = ""
    bare: bool = False


class Hint(NamedTuple):
    """Advice for a person, on standard error: not with -q or PYMOD_HINTS=0, never by a link that stands in for kmod."""

    text: str


class Column(NamedTuple):
    """A column of a table on a terminal: `cell` is a format string over the fields of a row.

    `more`: the plain text does not have it, and a terminal only where it fits.
    """

    title: str
    cell: str
    right: bool = False
    more: bool = False


class Table(NamedTuple):
    """Rows under a `name` (that of the JSON array). Each row is a mapping, and all rows have the same fields.

    As plain text: `header` (if there is one), then each row in the format string `line`, where a list reads as a blank
    and its members with commas between, or as nothing. On a terminal: `columns`, if there are any, else the plain text.
    In JSON, tables of one name are one array, and a field whose name begins with an underscore is left out: it serves
    the text only.
    """

    name: str
    rows: Sequence[Mapping[str, Value]]
    line: str
    header: str = ""
    columns: Sequence[Column] = ()


class Field(NamedTuple):
    """One fact: `key` names it in JSON, `label` for a reader; `words` say the value where the bare one does not."""

    key: str
    label: str
    value: Value
    words: str | None = None


class Fields(NamedTuple):
    """Facts about one thing, under a `name` (that of the JSON object)."""

    name: str
    fields: Sequence[Field]


Part = Text | Message | Hint | Table | Fields


class Report(NamedTuple):
    """All that a tool answers. With `syslog` the messages go to the system's log and not to standard error.

    `died` is how the virtual kernel has killed the process, if it has: it dies so once it has told.
    """

    parts: Sequence[Part] = ()
    status: int = 0
    syslog: bool = False
    died: Killed | None = None
