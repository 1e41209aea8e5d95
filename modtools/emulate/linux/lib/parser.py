"""lib/parser.c: Options of mounts and the like: a text compared with patterns.

`struct match_token`: number, pattern. `substring_t`: from and to. In a pattern %% stands for itself; %s takes a text,
%2s no more than two bytes of one, %d, %u, %o, %x a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.kstrtox import store_integer
from modtools.emulate.linux.lib.vsprintf import leading_digits
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.integers import MASK64, signed
from modtools.linuxerrno import EINVAL, ERANGE

_MOST = 3
_PART = re.compile(rb"%(\d*)(.?)", re.DOTALL)
_BASES = {b"d": 0, b"u": 0, b"o": 8, b"x": 16}

Span = tuple[int, int]


def _signed(text: bytes, base: int) -> tuple[int, int]:
    """Return the number at the beginning of a text, which may have a minus before it, and its length. Nothing behind
    the minus is 0.
    """
    sign = text[:1] == b"-"
    value, length = leading_digits(text[sign:], base)
    return signed(-value & MASK64 if sign else value), sign + length


def _taken(text: bytes, width: bytes, kind: bytes) -> int:
    """Return how many bytes at the beginning of a text an argument takes; 0 if it does not fit. A text takes all that
    is there, or its width; the width of a number does not count.
    """
    if kind == b"s":
        return min(len(text), int(width)) if width else len(text)
    if kind not in _BASES:
        return 0
    return (_signed if kind == b"d" else leading_digits)(text, _BASES[kind])[1]


def _fit(text: bytes, pattern: bytes) -> list[Span] | None:
    """Return where the arguments of a pattern are in a text; None if the text does not fit. Each argument takes what it
    can, whatever comes behind it.
    """
    spans: list[Span] = []
    at = done = 0
    for part in _PART.finditer(pattern):
        plain = pattern[done : part.start()] + (b"%" if part[0] == b"%%" else b"")
        if not text.startswith(plain, at):
            return None
        at, done = at + len(plain), part.end()
        if part[0] != b"%%":
            size = _taken(text[at:], part[1], part[2]) if len(spans) < _MOST else 0
            if not size:
                return None
            spans.append((at, at + size))
            at += size
    return spans if text[at:] == pattern[done:] else None


@function("int match_token(char *s, const struct match_token *table, substring_t *args)")
def match_token(guest: Guest, text: int, table: int, arguments: int) -> int:
    """Return the number of the first pattern that fits and store its arguments; the last one, without a pattern, always
    fits.
    """
    data = guest.memory.text(text)
    while (row := view(guest, "match_token", table)).pattern:
        found = _fit(data, guest.memory.text(row.pattern))
        if found is not None:
            for number, (start, end) in enumerate(found):
                guest.memory.put(arguments + 16 * number, text + start, 8)
                guest.memory.put(arguments + 16 * number + 8, text + end, 8)
            break
        table += size_of(guest, "match_token")
    return int(row.token)


def _argument(guest: Guest, address: int) -> bytes:
    start, end = guest.memory.u64(address), guest.memory.u64(address + 8)
    return guest.memory.read(start, guest.bounded(end - start))


def _number(base: int) -> Callable[[Guest, int, int], int]:
    def read(guest: Guest, argument: int, result: int) -> int:
        value, length = _signed(_argument(guest, argument), base)
        if not length:
            return -EINVAL
        if not -(1 << 31) <= value < 1 << 31:
            return -ERANGE
        guest.memory.put(result, value & 0xFFFFFFFF, 4)
        return 0

    return read


def _unsigned(base: int, bits: int) -> Callable[[Guest, int, int], int]:
    def read(guest: Guest, argument: int, result: int) -> int:
        return store_integer(guest, _argument(guest, argument), base, result, bits=bits, signed=False)

    return read


function("int match_int(substring_t *s, int *result)")(_number(0))
function("int match_octal(substring_t *s, int *result)")(_number(8))
function("int match_hex(substring_t *s, int *result)")(_number(16))
function("int match_uint(substring_t *s, unsigned int *result)")(_unsigned(10, 32))
function("int match_u64(substring_t *s, u64 *result)")(_unsigned(0, 64))


@function("char *match_strdup(const substring_t *s)")
def match_strdup(guest: Guest, argument: int) -> int:
    """Return an allocated copy of an argument."""
    return guest.new_text(_argument(guest, argument))


@function("size_t match_strlcpy(char *dest, const substring_t *src, size_t size)")
def match_strlcpy(guest: Guest, target: int, argument: int, size: int) -> int:
    """Copy as much of an argument as there is room for, with a NUL; return its whole length."""
    text = _argument(guest, argument)
    if size:
        guest.memory.write(target, text[: size - 1] + b"\0")
    return len(text)
