"""The kernel log: records, levels, and when a line can be read.

From Linux 6.1: `kernel/printk/printk.c: vprintk_store()`, `LOG_LINE_MAX`, `kernel/printk/printk_ringbuffer.c`.
A message without a newline at its end stays open, and nobody can read it, until the next message closes it. Text beyond
the kernel's limit for a line is cut off, its newline with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BUFFER_SIZE = 1 << 17
"""Bytes of text that the log keeps: CONFIG_LOG_BUF_SHIFT=17 of Debian's kernels."""

DEFAULT_LEVEL = 4
EMERG, ALERT, CRIT, ERR, WARNING, NOTICE, INFO, DEBUG = range(8)


@dataclass(slots=True)
class Record:
    """One message: level 0 to 7, virtual time since boot in microseconds, text without its last newline."""

    level: int
    time: int
    text: str
    facility: int = 0


@dataclass(slots=True)
class Log:
    """The kernel log: the records, oldest first. `open` says that the last one has had no newline yet.

    `first` is the sequence number of the oldest record that is still there.
    """

    records: list[Record] = field(default_factory=list)
    open: bool = False
    first: int = 0
    _kept: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._kept = sum(len(record.text) for record in self.records)

    def printk(self, level: int, text: str, time: int, limit: int, *, cont: bool = False, facility: int = 0) -> None:
        """Append a message of at most `limit` bytes, or continue the open one."""
        raw = text.encode("utf-8", "surrogateescape")[:limit]
        closed = raw.endswith(b"\n")
        text = (raw[:-1] if closed else raw).decode("utf-8", "surrogateescape")
        if cont and self.open and self.records:
            self.records[-1].text += text
        else:
            self.records.append(Record(level, time, text, facility))
        self.open = not closed
        self._kept += len(text)
        self._drop_oldest()

    def note(self, level: int, text: str, time: int) -> None:
        """Add a line that is no message of the kernel, and so does not close the open one: it goes before that."""
        at = len(self.records) - self.open
        self.records.insert(at, Record(level, time, text))
        self._kept += len(text)
        self._drop_oldest()

    def take(self, since: int, records: list[Record], *, still_open: bool, first: int) -> None:
        """Replace the records from the sequence number `since` on by these, and drop those before `first`."""
        self.records[:] = self.records[first - self.first : max(since - self.first, 0)] + records
        self.open, self.first = still_open, first
        self.__post_init__()

    def readable(self) -> list[Record]:
        """Return the records that a reader of the log sees."""
        return self.records[:-1] if self.open else self.records[:]

    def clear(self) -> None:
        """Drop the records that can be read (`dmesg --clear`)."""
        gone = len(self.records) - self.open
        self.first += gone
        del self.records[:gone]
        self.__post_init__()

    def _drop_oldest(self) -> None:
        while self._kept > BUFFER_SIZE and len(self.records) > 1:
            self._kept -= len(self.records.pop(0).text)
            self.first += 1


def raw_lines(records: list[Record]) -> Iterator[str]:
    """Yield `<N>text` for each line of each record, as `dmesg -r` shows it without times."""
    for record in records:
        for line in record.text.split("\n"):
            yield f"<{record.facility * 8 + record.level}>{line}"
