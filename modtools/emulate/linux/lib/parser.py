"""lib/parser.c: Options of mounts and the like: a text compared with patterns.

`struct match_token`: number, pattern. `substring_t`: from and to. In a pattern %% stands for itself; %s takes a text,
%d, %u, %o, %x a number, each of a width if that is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.kstrtox import store_integer
from modtools.emulate.linux.lib.vsprintf import leading_digits
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.linuxerrno import EINVAL, ERANGE

_MOST = 3
_PART = re.compile(rb"%(\d*)(.)", re.DOTALL)
_NUMBERS = {b"d": rb"[-+]?(?:0[xX][0-9a-fA-F]+|\d+)", b"u": rb"0[xX][0-9a-fA-F]+|\d+", b"o": rb"[0-7]+"}
_NUMBERS[b"x"] = rb"(?:0[xX])?[0-9a-fA-F]+"


def _compile(pattern: bytes) -> re.Pattern[bytes]:
    """Return a pattern as a regular expression with a group for each argument."""
    out, at = b"", 0
    for part in _PART.finditer(pattern):
        out += re.escape(pattern[at : part.start()])
        at, kind = part.end(), part[2]
        if kind == b"%":
            out += b"%"
        elif kind == b"s":
            out += rb"(.{1,%s})" % part[1] if part[1] else rb"(.+)"
        else:
            out += rb"(" + _NUMBERS[kind] + rb")"
    return re.compile(out + re.escape(pattern[at:]), re.DOTALL)


@function("int match_token(char *s, const struct match_token *table, substring_t *args)")
def match_token(guest: Guest, text: int, table: int, arguments: int) -> int:
    """Return the number of the first pattern that fits and store its arguments; the last one, without a pattern, always
    fits.
    """
    data = guest.memory.text(text)
    while (row := view(guest, "match_token", table)).pattern:
        found = _compile(guest.memory.text(row.pattern)).fullmatch(data)
        if found is not None:
            for number in range(min(found.re.groups, _MOST)):
                start, end = found.span(number + 1)
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
        text = _argument(guest, argument)
        sign = text[:1] == b"-"
        value, length = leading_digits(text[sign:], base)
        if not length:
            return -EINVAL
        value = -value if sign else value
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
