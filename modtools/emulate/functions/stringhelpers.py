"""Sizes as text, escaping and unescaping, numbers read from the user.

From Linux 6.1: `lib/string_helpers.c`, `lib/kstrtox.c: kstrto*_from_user()`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.functions import text as texts
from modtools.emulate.functions.scan import kind
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.usermemory import accessible
from modtools.integers import MASK64
from modtools.link.memory import Fault
from modtools.linuxerrno import EFAULT

_PRINTABLE = 1 | 2 | 4 | 16 | 128
"""Capital and small letters, digits, punctuation, the blank, as `scan.kind` says them."""
SPACE, SPECIAL, NULL, OCTAL, NP, HEX, NA, NAP, APPEND = (1 << bit for bit in range(9))
"""ESCAPE_*: which bytes are escaped (NP: only unprintable, NA: only beyond ASCII, NAP: only those of either)."""
_NAMED = (
    (SPACE, dict(zip(b"\n\r\t\v\f", b"nrtvf", strict=True))),
    (SPECIAL, dict(zip(b'\\\a\x1b"', b'\\ae"', strict=True))),
    (NULL, {0: ord("0")}),
)
_QUOTABLE = b'\f\n\r\t\v\a\x1b\\"'


@function("char *strreplace(char *s, char old, char new)")
def strreplace(guest: Guest, text: int, old: int, new: int) -> int:
    """`lib/string_helpers.c`: Replace each letter `old` by `new`; return the end of the text."""
    raw = guest.memory.text(text)
    if raw:
        guest.memory.write(text, raw.replace(bytes((old & 0xFF,)), bytes((new & 0xFF,))))
    return text + len(raw)


_UNITS = ((1000, "B kB MB GB TB PB EB ZB YB".split()), (1024, "B KiB MiB GiB TiB PiB EiB ZiB YiB".split()))


def readable(size: int, block: int, binary: bool) -> str:
    """Return `size` blocks as a number of three digits with a unit."""
    divisor, names = _UNITS[binary]
    power = remainder = 0
    size = size if block else 0
    digits = ""
    if size:
        while block >> 32:
            block, power = block // divisor, power + 1
        while size >> 32:
            size, power = size // divisor, power + 1
        size *= block
        while size >= divisor:
            size, remainder = divmod(size, divisor)
            power += 1
        places = 2 if size < 10 else 1 if size < 100 else 0
        remainder = (remainder * 1000 >> 10 if binary else remainder) + (500, 50, 5)[places]
        if remainder >= 1000:
            remainder, size = remainder - 1000, size + 1
        digits = f".{remainder:03}"[: places + 1] if places else ""
    return f"{size}{digits} {names[power] if power < len(names) else 'UNK'}"


@function("void string_get_size(u64 size, u64 blk_size, enum string_size_units units, char *buf, int len)")
def string_get_size(guest: Guest, size: int, block: int, units: int, buffer: int, length: int) -> None:
    """`lib/string_helpers.c`: Write the size of so many blocks with a unit of 1000 (0) or 1024 (1)."""
    if length > 0:
        guest.memory.write(buffer, readable(size, block, bool(units)).encode()[: length - 1] + b"\0")


def _printable(code: int) -> bool:
    return bool(kind(code) & _PRINTABLE)


def _plain(code: int, flags: int, only: bytes) -> bool:
    """Return whether a byte stays as it is before any class is looked at."""
    chosen = bool(only) and (code in only or not code)
    append = bool(flags & APPEND)
    if only and not append and not chosen:
        return True
    if append and chosen:
        return False
    ascii = code < 128
    return bool(
        (flags & NAP and ascii and _printable(code)) or (flags & NP and _printable(code)) or (flags & NA and ascii)
    )


def escape(raw: bytes, flags: int, only: bytes) -> bytes:
    """Return bytes with the chosen ones escaped (`string_escape_mem()`)."""
    out = bytearray()
    for code in raw:
        named = next((names[code] for flag, names in _NAMED if flags & flag and code in names), None)
        if _plain(code, flags, only):
            out.append(code)
        elif named is not None:
            out += bytes((92, named))
        elif flags & OCTAL:
            out += b"\\%03o" % code
        elif flags & HEX:
            out += b"\\x%02x" % code
        else:
            out.append(code)
    return bytes(out)


@function(
    "int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags, const char *only)"
)
def string_escape_mem(guest: Guest, source: int, size: int, target: int, room: int, flags: int, only: int) -> int:
    """`lib/string_helpers.c`: Write as much of the escaped bytes as fits, without a NUL; return the length of the
    whole.
    """
    raw = guest.memory.read(source, guest.bounded(size)) if size else b""
    out = escape(raw, flags, guest.memory.text(only) if only else b"")
    if room and out:
        guest.memory.write(target, out[:room])
    return len(out)


@function("char *kstrdup_quotable(const char *src, gfp_t gfp)")
def kstrdup_quotable(guest: Guest, source: int, _flags: int) -> int:
    """`lib/string_helpers.c`: Return an allocated copy of a text that may stand between quotes in a log; NULL for
    NULL.
    """
    return guest.new_text(escape(guest.memory.text(source), HEX, _QUOTABLE)) if source else 0


_UNESCAPE = tuple(
    (1 << bit, re.compile(pattern))
    for bit, pattern in enumerate((rb"[nrtvf]", rb"[0-3]?[0-7]{1,2}", rb"x[0-9a-fA-F]{1,2}", rb'["\\ae]'))
)
_LETTERS = dict(zip(b'nrtvfae"\\', b'\n\r\t\v\f\a\x1b"\\', strict=True))


def _unescaped(word: bytes) -> int:
    if word[:1].isdigit():
        return int(word, 8)
    return int(word[1:], 16) if word[:1] == b"x" else _LETTERS[word[0]]


def unescape(raw: bytes, size: int, flags: int) -> bytes:
    """Return bytes with the chosen escapes replaced (`string_unescape()`). `size` counts the letters that are read,
    and one more; 0 is no limit.
    """
    out, at, size = bytearray(), 0, size or MASK64
    while at < len(raw) and size > 1:
        size -= 1
        if raw[at] == 92 and at + 1 < len(raw) and size > 1:
            at, size = at + 1, size - 1
            tries = (pattern.match(raw, at) for flag, pattern in _UNESCAPE if flags & flag)
            if found := next((found for found in tries if found), None):
                out.append(_unescaped(found[0]))
                at = found.end()
                continue
            out.append(92)
        out.append(raw[at])
        at += 1
    return bytes(out)


@function("int string_unescape(char *src, char *dst, size_t size, unsigned int flags)")
def string_unescape(guest: Guest, source: int, target: int, size: int, flags: int) -> int:
    """`lib/string_helpers.c`: Write a text with its escapes replaced, with a NUL; return its length."""
    out = unescape(guest.memory.text(source), size, flags)
    guest.memory.write(target, out + b"\0")
    return len(out)


def read_user(guest: Guest, source: int, size: int) -> bytes | None:
    """Return bytes of the user's memory, or None where they cannot be read."""
    try:
        return (guest.memory.read(source, size) if size else b"") if accessible(source, size) else None
    except Fault:
        return None


def _from_user(bits: int, signed: bool) -> Callable[[Guest, int, int, int, int], int]:
    def convert(guest: Guest, source: int, count: int, base: int, result: int) -> int:
        raw = read_user(guest, source, min(count, bits + 2))
        if raw is None:
            return -EFAULT
        return texts.convert(guest, raw.split(b"\0")[0], base, result, bits=bits, signed=signed)

    return convert


# `lib/kstrtox.c`
function("int kstrtoint_from_user(const char __user *s, size_t count, unsigned int base, int *res)")(
    _from_user(32, True)
)
function("int kstrtouint_from_user(const char __user *s, size_t count, unsigned int base, unsigned int *res)")(
    _from_user(32, False)
)
function(
    "int kstrtol_from_user(const char __user *s, size_t count, unsigned int base, long *res)",
    "int kstrtoll_from_user(const char __user *s, size_t count, unsigned int base, long long *res)",
)(_from_user(64, True))
function(
    "int kstrtoul_from_user(const char __user *s, size_t count, unsigned int base, unsigned long *res)",
    "int kstrtoull_from_user(const char __user *s, size_t count, unsigned int base, unsigned long long *res)",
)(_from_user(64, False))
function("int kstrtos16_from_user(const char __user *s, size_t count, unsigned int base, s16 *res)")(
    _from_user(16, True)
)
function("int kstrtou16_from_user(const char __user *s, size_t count, unsigned int base, u16 *res)")(
    _from_user(16, False)
)
function("int kstrtos8_from_user(const char __user *s, size_t count, unsigned int base, s8 *res)")(_from_user(8, True))
function("int kstrtou8_from_user(const char __user *s, size_t count, unsigned int base, u8 *res)")(_from_user(8, False))


@function("int kstrtobool_from_user(const char __user *s, size_t count, bool *res)")
def kstrtobool_from_user(guest: Guest, source: int, count: int, result: int) -> int:
    """`lib/kstrtox.c`: Read a boolean from the first three letters of the user's text; return 0, -EINVAL or -EFAULT."""
    raw = read_user(guest, source, min(count, 3))
    if raw is None:
        return -EFAULT
    copy = guest.new_text(raw)
    answer = texts.kstrtobool(guest, copy, result)
    guest.heap.free(copy)
    return int(answer)
