"""A Report as text, as JSON, or drawn for a terminal.

Text is for the tools of kmod exactly what kmod prints. JSON is one walk over the report's values (docs/json.md). On a
terminal, tables and facts are drawn with rich, but not for a link that stands in for kmod.
"""

from __future__ import annotations

import os
import sys
import time

from modtools.light import TYPE_CHECKING, NamedTuple, contextmanager
from modtools.notes import ERROR, WORDS
from modtools.report import Field, Fields, Hint, Message, Part, Report, Table, Text, Value
from modtools.visible import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import IO, Any

JSON_FORMAT = 1
"""Number of the form of all JSON output. It grows when a field changes its meaning or goes; new fields may come."""

_KEPT = "\n\t"
"""What does no harm on a terminal."""

HINTS = "PYMOD_HINTS"
"""Set to 0 by whoever wants no hints."""


class Style(NamedTuple):
    """How to print a report: under the name of a `program`, `linked` as kmod does, as JSON, `quiet` without hints.

    `exact`: messages are a tool's of kmod, to the byte; what cannot be seen in those of others is written out.
    """

    program: str
    linked: bool = False
    as_json: bool = False
    quiet: bool = False
    exact: bool = False


def show(report: Report, style: Style) -> int:
    """Print a report. Returns its exit status."""
    if style.as_json:
        _write(sys.stdout, as_json(report, style.program))
    for part in report.parts:
        if isinstance(part, Hint):
            if not (style.linked or style.quiet or os.environ.get(HINTS) == "0"):
                _write(sys.stderr, f"{printable(part.text, _KEPT)}\n")
        elif isinstance(part, Message):
            seen = part if style.exact else part._replace(text=printable(part.text, _KEPT))
            _tell(seen, style.program, report.syslog)
        elif not style.as_json:
            _show_part(part, style)
    return report.status


def as_text(part: Part, program: str) -> str | bytes:
    """Return one part of a report as plain text."""
    return _TEXTS[type(part)](part, program)


def as_json(report: Report, program: str) -> str:
    """Return the whole report as a JSON document."""
    import json

    document: dict[str, Value] = {"format": JSON_FORMAT, "tool": program, "exit_status": report.status}
    messages: list[Value] = []
    for part in report.parts:
        match part:
            case Message(text=text, level=level):
                messages.append({"level": level.lower(), "text": text})
            case Table(name, rows):
                earlier = document.get(name, [])
                assert isinstance(earlier, list)
                document[name] = [*earlier, *map(_public, rows)]
            case Fields(name, fields):
                document[name] = {field.key: field.value for field in fields}
            case Text(text):
                document["text"] = str(document.get("text", "")) + _decoded(text)
    return json.dumps({**document, "messages": messages}, indent=2) + "\n"


def _public(row: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in row.items() if not key.startswith("_")}


def _show_part(part: Part, style: Style) -> None:
    drawn = None if style.linked or not _is_terminal(sys.stdout) else _DRAWINGS.get(type(part))
    if drawn is None or (isinstance(part, Table) and not part.columns):
        text = as_text(part, style.program)
        is_seen = isinstance(part, Table) and not style.linked and _is_terminal(sys.stdout)
        _write(sys.stdout, printable(text, _KEPT) if is_seen and isinstance(text, str) else text)
    else:
        drawn(part)


def _tell(message: Message, program: str, syslog: bool) -> None:
    # What speaks on its own account knows nothing of the system's log.
    if syslog and not message.origin and _to_syslog(message, program):
        return
    if sys.stdout is not None:
        sys.stdout.flush()
    _write(sys.stderr, as_text(message, program))


def _to_syslog(message: Message, program: str) -> bool:
    """Write a message to the system's log. Returns False where there is none.

    From kmod 34: `tools/log.c: log_open(), log_printf()`.
    """
    try:
        import syslog
    except ImportError:
        return False
    priorities = {word: priority for priority, word in WORDS.items()}
    syslog.openlog(program, syslog.LOG_CONS, syslog.LOG_DAEMON)
    text = f"{message.level}: {message.text}\n".replace("\0", "")
    syslog.syslog(priorities.get(message.level, ERROR), text.encode("utf-8", "replace").decode())
    syslog.closelog()
    return True


def _write(stream: IO[str] | None, text: str | bytes) -> None:
    """Write a text. Raises OSError that names standard output where it is that which takes no more."""
    if stream is None:  # closed by the caller
        return
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    try:
        stream.flush()
        stream.buffer.write(data)  # type: ignore[attr-defined]  # every stream of Python's own has one
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if stream is sys.stderr:  # as everywhere: what cannot be complained about does not change how a command ends
            drop_output(2)
            return
        raise OSError(error.errno, error.strerror, "standard output") from None


def drop_output(*descriptors: int) -> None:
    """Let Python close its streams without complaint where nobody takes what is left to write."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in descriptors:
        os.dup2(nowhere, descriptor)


def is_terminal() -> bool:
    """Return whether a person looks at standard output."""
    return _is_terminal(sys.stdout)


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and stream.isatty()


def _decoded(text: str | bytes) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")


# As plain text


_LISTS = (list, tuple)
_PLAIN = frozenset({str, int, float, bool, type(None)})


def _plain_cell(value: Value) -> Value:
    """Return a list as a blank and its members, or as nothing if it is empty; everything else as it is."""
    if not isinstance(value, _LISTS):
        return value
    return f" {','.join(map(str, value))}" if value else ""


def _cells(row: Mapping[str, Value]) -> dict[str, Value]:
    """Return a row whose cells are plain."""
    return {key: value if type(value) in _PLAIN else _plain_cell(value) for key, value in row.items()}


def _table_text(table: Table) -> str:
    lines = [table.header] if table.header else []
    line = table.line
    for row in table.rows:
        lines.append(line.format_map(_cells(row)))
    return "".join(f"{text}\n" for text in lines)


def _fields_text(facts: Fields) -> str:
    width = max(len(field.label) for field in facts.fields) + 2
    lines = []
    for field in facts.fields:
        first, *others = _words_of(field).split("\n")
        lines.append(f"{field.label + ':':<{width}}{first}")
        lines += [" " * width + other for other in others]
    return "".join(f"{text}\n" for text in lines)


def _words_of(field: Field) -> str:
    """Return what a reader sees of a fact."""
    words = str(_plain_cell(field.value)).lstrip() if field.words is None else field.words
    return printable(words, _KEPT)


def _message_text(message: Message, program: str) -> str:
    if message.bare:
        return f"{message.text}\n"
    level = f"{message.level}: " if message.level else ""
    return f"{message.origin or program}: {level}{message.text}\n"


_TEXTS: Mapping[type, Callable[[Any, str], str | bytes]] = {
    Text: lambda part, _: part.text,
    Table: lambda part, _: _table_text(part),
    Fields: lambda part, _: _fields_text(part),
    Message: _message_text,
    Hint: lambda part, _: f"{part.text}\n",
}


# On a terminal


def _draw_table(table: Table) -> None:
    """Draw as many columns as fit, the first ones first; print the plain text where its own columns do not fit."""
    from itertools import accumulate

    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text as Words

    console = Console(file=sys.stdout)
    rows = [_cells(row) for row in table.rows]
    cells = [[column.title, *(printable(column.cell.format_map(row)) for row in rows)] for column in table.columns]
    widths = [max(map(cell_len, column)) for column in cells]
    ends = accumulate(widths, lambda end, column: end + 2 + column)
    shown = sum(end <= console.width for end in ends)
    if not shown or not all(column.more for column in table.columns[shown:]):
        _write(sys.stdout, printable(_table_text(table), _KEPT))
        return
    drawn = Drawn(box=None, pad_edge=False, header_style="bold")
    for column in table.columns[:shown]:
        drawn.add_column(column.title, justify="right" if column.right else "left", no_wrap=True, overflow="ignore")
    for row in zip(*(column[1:] for column in cells[:shown]), strict=True):
        drawn.add_row(*map(Words, row))
    console.print(drawn)


def _draw_fields(facts: Fields) -> None:
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text as Words

    drawn = Drawn(box=None, pad_edge=False, show_header=False)
    drawn.add_column(style="bold", no_wrap=True)
    drawn.add_column(overflow="fold")
    for field in facts.fields:
        drawn.add_row(field.label, Words(_words_of(field)))
    Console(file=sys.stdout).print(drawn)


_DRAWINGS: Mapping[type, Callable[[Any], None]] = {Table: _draw_table, Fields: _draw_fields}


# While something takes its time

_PATIENCE = 1.0
"""Seconds that a person waits before there is a progress bar."""


@contextmanager
def progress(title: str, *, hidden: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to call with how much of how much is done.

    On a terminal it draws a bar on standard error, beginning after a second.

    With `hidden`, and where nobody looks, it does nothing.
    """
    if hidden or not _is_terminal(sys.stderr):
        yield lambda _done, _all: None
        return
    bar = _Bar(title)
    try:
        yield bar.update
    finally:
        bar.close()


class _Bar:
    def __init__(self, title: str) -> None:
        self._title = title
        self._next = time.monotonic() + _PATIENCE
        self._drawn: Any = None

    def update(self, done: int, whole: int) -> None:
        """Draw how much of the whole is done, not more often than ten times a second."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        if self._drawn is None:
            from rich.console import Console
            from rich.progress import Progress

            # No thread of its own, because processes are copied meanwhile.
            self._drawn = Progress(console=Console(file=sys.stderr), auto_refresh=False, transient=True)
            self._drawn.start()
            self._drawn.add_task(self._title)
        self._drawn.update(self._drawn.task_ids[0], completed=done, total=whole, refresh=True)

    def close(self) -> None:
        """Remove the bar from the terminal."""
        if self._drawn is not None:
            self._drawn.stop()
