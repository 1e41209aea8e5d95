"""dmesg: show or clear the kernel log, and say which messages the console prints.

From util-linux 2.38: `sys-utils/dmesg.c`, dmesg(1). As on Debian (CONFIG_SECURITY_DMESG_RESTRICT), only root may read.
From Linux 6.1: `kernel/printk/printk.c: do_syslog()`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from modtools.command import Call, command, option
from modtools.kernel.files.switches import set_console
from modtools.kernel.log import Record
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EPERM, strerror
from modtools.place import uid
from modtools.report import Message, Part, Report, Table, Text
from modtools.shared.loglines import COLORS, FACILITIES, FORMATS, LEVELS, Lines, Style, document, facility
from modtools.store import Store

Given = Mapping[str, str | bool | None]
"""The options and what was given for them."""
_WAIT = 0.1
"""Seconds between two looks at the log for new messages."""
_EXCLUSIVE = (
    ("clear", "console_off", "console_on", "read_clear", "console_level", "raw"),
    *(("human", "raw"), ("color", "raw"), ("ctime", "raw"), ("show_delta", "raw"), ("reltime", "raw")),
    *(("raw", "decode"), ("raw", "notime")),
)
_FORMATS = {"human": "reltime", "reltime": "reltime", "ctime": "ctime", "notime": "notime"}
"""The options that say how times are shown, of which the last one counts."""


@command(lists=True)
@option("-C", "--clear", is_flag=True, help="Clear the log.")
@option("-c", "--read-clear", is_flag=True, help="Show the log, then clear it.")
@option("-D", "--console-off", is_flag=True, help="Let the console print only what is worst.")
@option("-E", "--console-on", is_flag=True, help="Let the console print what it printed before -D.")
@option("-n", "--console-level", metavar="LEVEL", help="Let the console print messages of this level and above.")
@option("-l", "--level", metavar="LIST", help=f"Show only these levels, separated by commas: {', '.join(LEVELS)}.")
@option("-f", "--facility", metavar="LIST", help="Show only these facilities: kern, user, daemon and so on.")
@option("-k", "--kernel", is_flag=True, help="Show only messages of the kernel.")
@option("-u", "--userspace", is_flag=True, help="Show only messages that programs wrote into the log.")
@option("-w", "--follow", is_flag=True, help="Go on with new messages until Ctrl-C.")
@option("-W", "--follow-new", is_flag=True, help="Show only new messages until Ctrl-C.")
@option("-x", "--decode", is_flag=True, help="Show facility and level in words.")
@option("-r", "--raw", is_flag=True, help="Show each message with its priority number <N>.")
@option("-p", "--force-prefix", is_flag=True, help="Begin each line of a message with its time.")
@option("-d", "--show-delta", is_flag=True, help="Show how much time has passed between messages.")
@option("-e", "--reltime", is_flag=True, help="Show the minute, and what has passed since then.")
@option("-H", "--human", is_flag=True, help="Show the log as --reltime does.")
@option("-T", "--ctime", is_flag=True, help="Show day and time.")
@option("-t", "--notime", is_flag=True, help="Do not show times.")
@option("--time-format", metavar="FORMAT", help=f"Show times so: {', '.join(FORMATS)}.")
@option("--color", metavar="WHEN", help="Show levels in colours: auto (on a terminal), always or never.")
@option("--noescape", is_flag=True, help="Show what cannot be seen as it is.")
@option("-J", "document", is_flag=True, help="Print the JSON document of util-linux.")
@option("-P", "--nopager", is_flag=True, help="Taken for the sake of scripts: there is no pager.")
@option("-S", "--syslog", is_flag=True, help="Taken for the sake of scripts.")
def tool(call: Call, **given: str | bool | None) -> Report:
    """Show the log of the virtual kernel, or clear it."""
    problem = _problem(call, given)
    if problem:
        return Report((Message(problem, level=""),), status=1)
    store, changes = Store(call.place.state), any(call.has(key) for key in _EXCLUSIVE[0][:-1])
    if changes:
        with store.transaction() as kernel:
            records = kernel.log.readable()
            _control(kernel, given)
    else:
        kernel = store.read()
        records = kernel.log.readable()
    if changes and not given["read_clear"]:
        return Report()
    return Report(_shown(call, given, store, kernel, records))  # type: ignore[arg-type]  # read once, as it comes


def texts(kernel: Kernel) -> list[str]:
    """Return the lines of the log as they are shown without options."""
    return [str(row["_shown"]) for row in Lines(Style(prefix=True)).rows(kernel.log.readable())]


def _problem(call: Call, given: Given) -> str:
    """Return what is wrong with the options, "" if nothing is."""
    for names in _EXCLUSIVE:
        if sum(call.has(name) for name in names) > 1:
            return "mutually exclusive arguments: " + " ".join(f"--{name.replace('_', '-')}" for name in names)
    for key, known, what in (("level", LEVELS, "level"), ("facility", FACILITIES, "facility")):
        unknown = [name for name in str(given[key]).split(",") if name not in known] if given[key] is not None else []
        if unknown:
            return f"unknown {what} '{unknown[0] if key == 'level' else given[key]}'"
    if given["console_level"] is not None and _console_level(str(given["console_level"])) is None:
        return f"unknown level '{given['console_level']}'"
    if given["time_format"] not in (None, *FORMATS):
        return f"unknown time format: {given['time_format']}"
    if given["color"] not in (None, *COLORS):
        return f"unsupported color mode: '{given['color']}'"
    if uid():
        return f"{'clear' if given['clear'] else 'read'} kernel buffer failed: {strerror(EPERM)}"
    return ""


def _console_level(text: str) -> int | None:
    """Return the number that the console's level gets: below it, messages are printed."""
    if text in LEVELS:
        return LEVELS.index(text) + 1
    return int(text) if text.isdecimal() and 1 <= int(text) <= len(LEVELS) else None


def _control(kernel: Kernel, given: Given) -> None:
    if given["clear"] or given["read_clear"]:
        kernel.log.clear()
    if given["console_level"] is not None:
        set_console(kernel, _console_level(str(given["console_level"])) or 1)
    if given["console_off"] or given["console_on"]:
        set_console(kernel, 0 if given["console_on"] else None)


def _style(call: Call, given: Given, kernel: Kernel) -> Style:
    shown = ""
    for found in call.given:
        shown = str(given["time_format"]) if found.key == "time_format" else _FORMATS.get(found.key, shown)
    delta = bool(given["show_delta"]) or shown == "delta"
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    plain = bool(given["raw"]) or call.as_json
    when = given["color"] or "auto"
    return Style(
        format="delta" if delta and shown in ("reltime", "notime") else shown,
        delta=delta,
        decode=bool(given["decode"]),
        raw=bool(given["raw"]),
        prefix=bool(given["force_prefix"]),
        escape=not given["noescape"],
        color=not plain and (when == "always" or (when == "auto" and on_terminal)),
        boot=time.time() - kernel.time / 1_000_000,
    )


def _shown(call: Call, given: Given, store: Store, kernel: Kernel, records: list[Record]) -> Iterable[Part]:
    """Return what is printed; while new messages are waited for, it comes bit by bit."""
    lines = Lines(_style(call, given, kernel))
    if given["document"]:
        return [Text(document(_chosen(records, given), decode=bool(given["decode"])))]
    first = [_table(lines, [] if given["follow_new"] else _chosen(records, given))]
    if not (given["follow"] or given["follow_new"]):
        return first
    return chain(first, _later(lines, given, store, kernel.log.first + len(kernel.log.readable())))


def _later(lines: Lines, given: Given, store: Store, seen: int) -> Iterator[Part]:
    """Yield what is logged from the record of this number on, without end."""
    while True:
        time.sleep(_WAIT)
        log = store.read().log
        records = log.readable()
        yield _table(lines, _chosen(records[max(seen - log.first, 0) :], given))
        seen = log.first + len(records)


def _chosen(records: list[Record], given: Given) -> list[Record]:
    levels = str(given["level"]).split(",") if given["level"] is not None else LEVELS
    facilities = str(given["facility"]).split(",") if given["facility"] is not None else None
    return [
        record
        for record in records
        if LEVELS[record.level] in levels
        and (facilities is None or facility(record.facility) in facilities)
        and (given["kernel"] == given["userspace"] or given["kernel"] == (record.facility == 0))
    ]


def _table(lines: Lines, records: list[Record]) -> Part:
    rows = [row for row in lines.rows(records) if row["_shown"] is not None]
    if lines.style.color:  # what commands a terminal is then dmesg's own, in a text that is taken as it is
        return Text("".join(f"{row['_shown']}\n" for row in rows))
    return Table("lines", rows, "{_shown}")
