"""Bitmaps out of texts, and as texts.

From Linux 6.1: `lib/bitmap.c`. A mask is hexadecimal, `ff,00000001`; a list has numbers, ranges, and parts of ranges,
`0,4-7,10-20:2/5` (the first two of each five), `N` for the last bit and `all`.
"""

from __future__ import annotations

from modtools.emulate.functions.bitmaps import store, words
from modtools.emulate.functions.hexdump import digit
from modtools.emulate.functions.scan import kind
from modtools.emulate.functions.stringhelpers import read_user
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.vsprintf import Spec
from modtools.link.memory import PAGE
from modtools.linuxerrno import EFAULT, EINVAL, EOVERFLOW, ERANGE

_SPACE = 1 << 5


def _between(code: int) -> bool:
    """Return whether a byte separates two parts of a list: a blank or a comma."""
    return bool(kind(code) & _SPACE) or code == ord(",")


class _Wrong(Exception):
    """Raised for a list or a part of it that cannot be parsed; carries the errno."""

    def __init__(self, error: int) -> None:
        self.error = error


class _List:
    """Reads a list, part by part; `value` is what was read so far."""

    def __init__(self, text: bytes, bits: int) -> None:
        self._text, self._bits, self._at = text.split(b"\n")[0] + b"\0", bits, 0
        self.value = 0

    def read(self) -> None:
        """Read all parts of the list into `value`."""
        while True:
            while _between(self._text[self._at]):
                self._at += 1
            if not self._text[self._at]:
                return
            self._part()

    def _part(self) -> None:
        last = self._bits - 1
        if self._text[self._at : self._at + 3].lower() == b"all":
            self._at += 3
            start, end = 0, last
        else:
            start = end = self._number()
            if self._ends():
                return self._put(start, end, end + 1, end + 1)
            self._expect(b"-")
            end = self._number()
        if self._ends():
            return self._put(start, end, end + 1, end + 1)
        self._expect(b":")
        used = self._number()
        self._expect(b"/")
        return self._put(start, end, used, self._number())

    def _put(self, start: int, end: int, used: int, group: int) -> None:
        if start > end or not group or used > group:
            raise _Wrong(EINVAL)
        if end >= self._bits:
            raise _Wrong(ERANGE)
        for first in range(start, end + 1, group):
            count = min(end - first + 1, used)
            self.value |= (1 << count) - 1 << first

    def _number(self) -> int:
        if self._text[self._at] == ord("N"):
            self._at += 1
            return self._bits - 1
        start = self._at
        while 48 <= self._text[self._at] <= 57:
            self._at += 1
        if start == self._at:
            raise _Wrong(EINVAL)
        value = int(self._text[start : self._at])
        if value >> 32:
            raise _Wrong(EOVERFLOW)
        return value

    def _ends(self) -> bool:
        code = self._text[self._at]
        return not code or _between(code)

    def _expect(self, letter: bytes) -> None:
        if self._text[self._at : self._at + 1] != letter:
            raise _Wrong(EINVAL)
        self._at += 1


def _parse_list(guest: Guest, text: bytes, target: int, bits: int) -> int:
    reading, error = _List(text, bits), 0
    try:
        reading.read()
    except _Wrong as wrong:
        error = -wrong.error
    store(guest, target, reading.value, bits)
    return error


@function("int bitmap_parselist(const char *buf, unsigned long *maskp, int nmaskbits)")
def bitmap_parselist(guest: Guest, text: int, target: int, bits: int) -> int:
    """Fill a bitmap from a list; 0, or a negative errno, after which the parts before the error are set."""
    return _parse_list(guest, guest.memory.text(text), target, bits)


@function("int bitmap_parselist_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp, int nmaskbits)")
def bitmap_parselist_user(guest: Guest, text: int, size: int, target: int, bits: int) -> int:
    """Fill a bitmap from a list in user memory; 0, -EFAULT, or the errno of a wrong list."""
    raw = read_user(guest, text, guest.bounded(size))
    if raw is None:
        return -EFAULT
    return _parse_list(guest, raw.split(b"\0")[0], target, bits)


def _parse_mask(guest: Guest, raw: bytes, target: int, bits: int) -> int:
    """Fill a bitmap from a mask, from its end on in parts of 32 bits; 0 or a negative errno, and what was read
    before the error is written.
    """
    line = raw.split(b"\0")[0].split(b"\n")[0]
    value, filled, end = words(guest, target, bits), 0, len(line)
    error = 0
    while not error:
        while end and _between(line[end - 1]):
            end -= 1
        if not end:
            break
        start = end
        while start and not _between(line[start - 1]):
            start -= 1
        part = line[start:end]
        if filled >= bits:
            error = -EOVERFLOW
        elif any(digit(code) < 0 for code in part[-8:]):
            error = -EINVAL
        elif len(part) > 8 and digit(part[-9]) < 0:
            raise Needs("a mask with a wrong letter before eight digits")
        elif len(part) > 8:
            error = -EOVERFLOW
        else:
            value = value & ~(0xFFFFFFFF << filled) | int(part, 16) << filled
            filled, end = filled + 32, start
    if not error:
        value &= (1 << filled) - 1 | -1 << bits if filled < bits else -1
        error = -EOVERFLOW if filled > bits and value >> bits & (1 << filled - bits) - 1 else 0
    store(guest, target, value, bits)
    return error


@function("int bitmap_parse(const char *start, unsigned int buflen, unsigned long *maskp, int nmaskbits)")
def bitmap_parse(guest: Guest, text: int, size: int, target: int, bits: int) -> int:
    """Fill a bitmap from a hexadecimal mask; 0 or a negative errno."""
    return _parse_mask(guest, guest.memory.text(text, min(size, PAGE << 4)), target, bits)


@function("int bitmap_parse_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp, int nmaskbits)")
def bitmap_parse_user(guest: Guest, text: int, size: int, target: int, bits: int) -> int:
    """Fill a bitmap from a hexadecimal mask in user memory; 0, -EFAULT, or the errno of a wrong mask."""
    raw = read_user(guest, text, guest.bounded(size))
    if raw is None:
        return -EFAULT
    return _parse_mask(guest, raw, target, bits)


@function("int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits)")
def bitmap_print_to_pagebuf(guest: Guest, as_list: int, buffer: int, address: int, bits: int) -> int:
    """Write a bitmap as a line, a list or a mask, cut to the rest of the buffer's page; return its length."""
    from modtools.emulate.pointers import pointer

    line = pointer(guest, address, b"bl" if as_list else b"b", Spec(width=bits)) + b"\n"
    line = line[: PAGE - buffer % PAGE - 1]
    guest.memory.write(buffer, line + b"\0")
    return len(line)
