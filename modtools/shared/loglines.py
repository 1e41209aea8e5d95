"""The kernel's log as lines, as dmesg(1) writes them.

From util-linux 2.38: `sys-utils/dmesg.c: print_record(), safe_fwrite(), record_count_delta()`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator

from modtools.kernel.log import Record
from modtools.light import NamedTuple
from modtools.report import Value

LEVELS = ("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug")
FACILITIES = ("kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp")
FORMATS = ("delta", "reltime", "ctime", "notime", "iso")
"""How times may be shown, besides as seconds since the boot."""
COLORS = ("auto", "always", "never")
"""When colours are shown."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_GREEN, _BROWN, _PLAIN = "\x1b[32m", "\x1b[33m", "\x1b[0m"
_OF_LEVEL = {1: "\x1b[7m\x1b[31m", 2: "\x1b[1m\x1b[31m", 3: "\x1b[31m", 4: "\x1b[1m"}
"""The colours of levels."""
_FAR = 10


class Style(NamedTuple):
    """How lines are shown: times in one of FORMATS, or "" for seconds; `delta` with what has passed since the last one;
    `decode` with facility and level in words, `raw` as a number; `prefix` on each line of a message; `escape` what
    cannot be seen; `boot` is when the machine was started, in seconds since the epoch.
    """

    format: str = ""
    delta: bool = False
    decode: bool = False
    raw: bool = False
    prefix: bool = False
    escape: bool = True
    color: bool = False
    boot: float = 0.0


class Lines:
    """Shows records one after the other."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._last: int | None = None
        self._minute: tuple[int, ...] = ()

    def rows(self, records: Iterable[Record]) -> Iterator[dict[str, Value]]:
        """Yield a row for each line: what it is, and in `_shown` how it is shown."""
        for record in records:
            stamp = self._stamp(record)
            words = self._priority(record)
            lines = record.text.split("\n")
            for number, line in enumerate(lines):
                text = _escaped(line) if self.style.escape else line
                yield {
                    "time": record.time / 1_000_000,
                    "priority": record.facility * 8 + record.level,
                    "facility": facility(record.facility),
                    "level": LEVELS[record.level],
                    "text": text,
                    "_shown": self._shown(record, words, stamp, text, number, last=number == len(lines) - 1),
                }

    def _shown(self, record: Record, words: str, stamp: str, text: str, number: int, *, last: bool) -> str | None:
        """Return a line as it is shown; None where it is not. Those of a message stand below its first."""
        if self.style.prefix and number and not text:
            return None
        is_below = number > 0 and not self.style.prefix
        front = " " * (len(words) + len(stamp)) if is_below and (text or not last) else ""
        if not is_below:
            front = words + (f"{_GREEN}{stamp}{_PLAIN}" if stamp and self.style.color else stamp)
        return front + (_colored(record.level, text, first=not is_below, last=last) if self.style.color else text)

    def _priority(self, record: Record) -> str:
        if self.style.raw:
            return f"<{record.facility * 8 + record.level}>"
        return f"{facility(record.facility):<6}:{LEVELS[record.level]:<6}: " if self.style.decode else ""

    def _stamp(self, record: Record) -> str:
        """Return what stands in front of a message for its time."""
        passed = 0.0 if self._last is None else (record.time - self._last) / 1_000_000
        self._last = record.time
        seconds, moment = f"{record.time / 1_000_000:12.6f}", self.style.boot + record.time / 1_000_000
        local = time.localtime(moment)
        shown = {
            "": seconds,
            "ctime": time.asctime(local),
            "iso": f"{time.strftime('%Y-%m-%dT%H:%M:%S', local)},{int(moment % 1 * 1_000_000):06}{_zone(local)}",
        }.get(self.style.format, "")
        if self.style.delta and self.style.format != "iso":
            return f"[{shown} <{passed:12.6f}>] " if shown else f"[<{passed:12.6f}>] "
        if self.style.format == "reltime":
            return self._relative(local, passed)
        return f"{shown} " if self.style.format == "iso" else f"[{shown}] " if shown else ""

    def _relative(self, local: time.struct_time, passed: float) -> str:
        """Return the minute where it is another one than that of the message before, else what has passed."""
        minute = local.tm_yday, local.tm_hour, local.tm_min
        if minute != self._minute:
            self._minute = minute
            return f"[{time.strftime('%b', local)}{local.tm_mday:2} {time.strftime('%H:%M', local)}] "
        return f"[  {passed:+8.6f}] " if passed < _FAR else f"[ {passed:+9.6f}] "


def facility(number: int) -> str:
    """Return the name of a facility, or its number where it has none."""
    return FACILITIES[number] if number < len(FACILITIES) else str(number)


def document(records: Iterable[Record], *, decode: bool) -> str:
    """Return the records as dmesg's JSON document."""
    import json

    parts = [
        (f'         "fac": "{facility(record.facility)}",\n' if decode else "")
        + f'         "pri": {json.dumps(LEVELS[record.level]) if decode else record.level},\n'
        + f'         "time": {record.time / 1_000_000:12.6f},\n'
        + f'         "msg": {json.dumps(record.text, ensure_ascii=False)}\n      }}'
        for record in records
    ]
    return '{\n   "dmesg": [' + ("\n      {\n" + ",{\n".join(parts) if parts else "") + "\n   ]\n}\n"


def _escaped(text: str) -> str:
    return _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def _colored(level: int, text: str, *, first: bool, last: bool) -> str:
    """Return a message's line in the colours of its parts: the subsystem before a colon, and the rest by its level."""
    at = text.find(": ") + 2 if first else 0
    front = f"{_BROWN}{text[:at]}{_PLAIN}" if at > 1 else ""
    start, end = (_OF_LEVEL[level], _PLAIN) if level in _OF_LEVEL else ("", "")
    return f"{front}{start if first else ''}{text[at if at > 1 else 0 :]}{end if last else ''}"


def _zone(local: time.struct_time) -> str:
    """Return the difference to UTC as hours and minutes."""
    sign, minutes = "-" if local.tm_gmtoff < 0 else "+", abs(local.tm_gmtoff) // 60
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"
