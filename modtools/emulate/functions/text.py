"""Formatting and reading text: sprintf, kstrto*.

From Linux 6.1: `lib/vsprintf.c`, `lib/kstrtox.c`, `lib/kasprintf.c`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.values import VaList, Values
from modtools.emulate.vsprintf import vsprintf
from modtools.errors import KernelError
from modtools.integers import MASK64
from modtools.kernel import kstrtox
from modtools.linuxerrno import EINVAL

_INT_MAX = 0x7FFFFFFF


def _put(guest: Guest, buffer: int, size: int, text: bytes) -> int:
    """Write as much of a text as fits, with a NUL; return the length of the whole."""
    if size > _INT_MAX:
        return 0
    if size:
        guest.memory.write(buffer, text[: size - 1] + b"\0")
    return len(text)


def _scnput(guest: Guest, buffer: int, size: int, text: bytes) -> int:
    """Write as much of a text as fits, with a NUL; return the length of what was written."""
    _put(guest, buffer, size, text)
    return min(len(text), size - 1) if size else 0


@function("int sprintf(char *buf, const char *fmt, ...)")
def sprintf(guest: Guest, buffer: int, fmt: int, values: Values) -> int:
    """`lib/vsprintf.c`: Write a formatted text without a limit; return its length."""
    return _put(guest, buffer, _INT_MAX, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vsprintf(char *buf, const char *fmt, va_list args)")
def vsprintf_(guest: Guest, buffer: int, fmt: int, args: int) -> int:
    """`lib/vsprintf.c`: Write a text formatted from a va_list without a limit; return its length."""
    return _put(guest, buffer, _INT_MAX, vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)))


@function("int snprintf(char *buf, size_t size, const char *fmt, ...)")
def snprintf(guest: Guest, buffer: int, size: int, fmt: int, values: Values) -> int:
    """`lib/vsprintf.c`: Write as much of a formatted text as fits; return the length of the whole."""
    return _put(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)")
def vsnprintf(guest: Guest, buffer: int, size: int, fmt: int, args: int) -> int:
    """`lib/vsprintf.c`: Write as much of a text formatted from a va_list as fits; return the length of the whole."""
    return _put(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)))


@function("int scnprintf(char *buf, size_t size, const char *fmt, ...)")
def scnprintf(guest: Guest, buffer: int, size: int, fmt: int, values: Values) -> int:
    """`lib/vsprintf.c`: Write as much of a formatted text as fits; return the length of what was written."""
    return _scnput(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)")
def vscnprintf(guest: Guest, buffer: int, size: int, fmt: int, args: int) -> int:
    """`lib/vsprintf.c`: Write as much of a text formatted from a va_list as fits; return the length of what was
    written.
    """
    return _scnput(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)))


@function("char *kasprintf(gfp_t gfp, const char *fmt, ...)")
def kasprintf(guest: Guest, _gfp: int, fmt: int, values: Values) -> int:
    """`lib/kasprintf.c`: Return a formatted text in allocated memory."""
    return guest.new_text(vsprintf(guest, guest.memory.text(fmt), values))


@function("char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)")
def kvasprintf(guest: Guest, _gfp: int, fmt: int, args: int) -> int:
    """`lib/kasprintf.c`: Return a text formatted from a va_list in allocated memory."""
    return guest.new_text(vsprintf(guest, guest.memory.text(fmt), VaList(guest.memory, args)))


_PREFIX = re.compile(rb"0[xX]")
_HEXADECIMAL = re.compile(rb"0[xX][0-9a-fA-F]")


def leading_digits(text: bytes, base: int) -> tuple[int, int]:
    """Return the number at the beginning of a text and its length, in a base or (0) in that which its prefix says."""
    if base == 0:
        base = 16 if _HEXADECIMAL.match(text) else 8 if text[:1] == b"0" else 10
    start = end = 2 if base == 16 and _PREFIX.match(text) else 0
    while end < len(text) and _value(text[end]) < base:
        end += 1
    return int(text[start:end] or b"0", base) & MASK64, end


def leading(guest: Guest, text: int, base: int) -> tuple[int, int]:
    """Return the number of as many digits as a text begins with, and where they end; what does not fit into 64 bits is
    cut off (`simple_strtoull()`).
    """
    value, length = leading_digits(guest.memory.text(text), base)
    return value, text + length


def _simple(guest: Guest, text: int, end: int, base: int) -> int:
    value, place = leading(guest, text, base)
    if end:
        guest.memory.put(end, place, 8)
    return value


def _value(digit: int) -> int:
    """Return the value of a digit, which Linux knows up to F in every base; more than any base for what is none."""
    value = b"0123456789abcdef".find(bytes((digit,)).lower())
    return value if value >= 0 else 99


@function(
    "unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)",
    "unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)",
)
def simple_strtoul(guest: Guest, text: int, end: int, base: int) -> int:
    """`lib/vsprintf.c`: Return the number at the beginning of a text, and write where it ends to `*endp`."""
    return _simple(guest, text, end, base)


@function(
    "long simple_strtol(const char *cp, char **endp, unsigned int base)",
    "long long simple_strtoll(const char *cp, char **endp, unsigned int base)",
)
def simple_strtol(guest: Guest, text: int, end: int, base: int) -> int:
    """`lib/vsprintf.c`: Return the number at the beginning of a text, which may have a minus before it, and write
    where it ends to `*endp`.
    """
    if guest.memory.u8(text) == 0x2D:
        return -_simple(guest, text + 1, end, base)
    return _simple(guest, text, end, base)


def convert(guest: Guest, raw: bytes, base: int, result: int, *, bits: int, signed: bool) -> int:
    """Write the number that a text is; return 0, -EINVAL or -ERANGE."""
    try:
        value = kstrtox.kstrtoint(raw.decode("latin-1"), base, bits=bits, signed=signed)
    except KernelError as error:
        return -error.errno
    guest.memory.put(result, value, bits // 8)
    return 0


def _kstrto(bits: int, signed: bool) -> Callable[[Guest, int, int, int], int]:
    def kstrto(guest: Guest, text: int, base: int, result: int) -> int:
        return convert(guest, guest.memory.text(text), base, result, bits=bits, signed=signed)

    return kstrto


# `lib/kstrtox.c`
function("int kstrtoint(const char *s, unsigned int base, int *res)")(_kstrto(32, True))
function("int kstrtouint(const char *s, unsigned int base, unsigned int *res)")(_kstrto(32, False))
function("int kstrtoll(const char *s, unsigned int base, long long *res)")(_kstrto(64, True))
function("int kstrtoull(const char *s, unsigned int base, unsigned long long *res)")(_kstrto(64, False))
function("int _kstrtol(const char *s, unsigned int base, long *res)")(_kstrto(64, True))
function("int _kstrtoul(const char *s, unsigned int base, unsigned long *res)")(_kstrto(64, False))
function("int kstrtos16(const char *s, unsigned int base, s16 *res)")(_kstrto(16, True))
function("int kstrtou16(const char *s, unsigned int base, u16 *res)")(_kstrto(16, False))
function("int kstrtos8(const char *s, unsigned int base, s8 *res)")(_kstrto(8, True))
function("int kstrtou8(const char *s, unsigned int base, u8 *res)")(_kstrto(8, False))


@function("int kstrtobool(const char *s, bool *res)")
def kstrtobool(guest: Guest, text: int, result: int) -> int:
    """`lib/kstrtox.c`: Write the boolean that the first letter says, or the first two after an `o`; return 0 or
    -EINVAL.
    """
    yes = kstrtox.kstrtobool(guest.memory.text(text, 2).decode("latin-1")) if text else None
    if yes is None:
        return -EINVAL
    guest.memory.put(result, yes, 1)
    return 0
