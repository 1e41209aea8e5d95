"""dmesg: show or clear the kernel log.

From util-linux 2.38: `sys-utils/dmesg.c`, dmesg(1). As on Debian (CONFIG_SECURITY_DMESG_RESTRICT), only root may read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from modtools.command import Call, command, option
from modtools.kernel.log import Record
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EPERM, strerror
from modtools.place import uid
from modtools.report import Message, Report, Table, Value
from modtools.store import Store

LEVELS = ("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug")
FACILITIES = ("kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp")

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@command(lists=True)
@option("-C", "--clear", is_flag=True, help="Clear the log.")
@option("-c", "--read-clear", is_flag=True, help="Show the log, then clear it.")
@option("-l", "--level", metavar="LIST", help=f"Show only these levels, separated by commas: {', '.join(LEVELS)}.")
@option("-k", "--kernel", is_flag=True, help="Show only messages of the kernel.")
@option("-u", "--userspace", is_flag=True, help="Show only messages that programs wrote into the log.")
@option("-x", "--decode", is_flag=True, help="Show facility and level in words.")
@option("-r", "--raw", is_flag=True, help="Show each line with its priority number <N> and without escapes.")
@option("-t", "--notime", is_flag=True, help="Do not show times.")
def tool(call: Call, *, clear: bool, read_clear: bool, level: str | None, **shown: bool) -> Report:
    """Show the log of the virtual kernel, or clear it."""
    levels, unknown = _levels(level)
    if unknown is not None:
        return _failed(f"unknown level '{unknown}'")
    if uid():
        what = "clear" if clear else "read"
        return _failed(f"{what} kernel buffer failed: {strerror(EPERM)}")
    store = Store(call.place.state)
    if not (clear or read_clear):
        records = store.read().log.readable()
    else:
        with store.transaction() as kernel:
            records = kernel.log.readable()
            kernel.log.clear()
    chosen = [] if clear else [record for record in records if record.level in levels and _wanted(record, shown)]
    return Report((Table("lines", list(_rows(chosen, shown["raw"])), _line(shown)),))


def texts(kernel: Kernel) -> list[str]:
    """Return the lines of the log as they are shown without options."""
    return [f"[{row['time']:12.6f}] {row['text']}" for row in _rows(kernel.log.readable(), raw=False)]


def _failed(text: str) -> Report:
    return Report((Message(text, level=""),), status=1)


def _levels(text: str | None) -> tuple[set[int], str | None]:
    """Return the numbers of the levels named, and the first name that is none."""
    if text is None:
        return set(range(len(LEVELS))), None
    names = text.split(",")
    unknown = next((name for name in names if name not in LEVELS), None)
    return {LEVELS.index(name) for name in names if name in LEVELS}, unknown


def _wanted(record: Record, shown: dict[str, bool]) -> bool:
    if shown["kernel"] == shown["userspace"]:
        return True
    return shown["kernel"] == (record.facility == 0)


def _rows(records: Iterable[Record], raw: bool) -> Iterator[dict[str, Value]]:
    """One row for each line; a message of several lines has as many rows."""
    for record in records:
        for text in record.text.split("\n"):
            yield {
                "time": record.time / 1_000_000,
                "priority": record.facility * 8 + record.level,
                "facility": _facility(record.facility),
                "level": LEVELS[record.level],
                "text": text if raw else _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", text),
            }


def _facility(number: int) -> str:
    return FACILITIES[number] if number < len(FACILITIES) else str(number)


def _line(shown: dict[str, bool]) -> str:
    prefix = "<{priority}>" if shown["raw"] else "{facility:<6}:{level:<6}: " if shown["decode"] else ""
    return prefix + ("" if shown["notime"] else "[{time:12.6f}] ") + "{text}"
