"""lib/string_helpers.c: Texts made readable, and read back; what hardened copies complain of."""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.cpu.oops import kernel_bug, report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import string
from modtools.emulate.printf.characters import WHITE_SPACE
from modtools.emulate.printf.escapes import HEX, escape
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import constant
from modtools.integers import MASK64
from modtools.kernel.log import EMERG
from modtools.linuxerrno import EINVAL


@function("void fortify_panic(const char *name)")
def fortify_panic(guest: Guest, name: int) -> None:
    """Say which function would have gone beyond the end of a text or an object, and stop there as BUG() does."""
    guest.printk(EMERG, f"detected buffer overflow in {guest.text(name)}")
    raise guest.die(kernel_bug(guest, "fortify_panic"))


@function("void __fortify_panic(const u8 reason, const size_t avail, const size_t size)")
def fortify_panic_with_sizes(guest: Guest, reason: int, available: int, size: int) -> None:
    """Warn of a function that would have gone beyond the end of a text or an object, with both sizes, and stop there
    as BUG() does.
    """
    fortify_report(guest, reason, available, size)
    raise guest.die(kernel_bug(guest, "fortify_panic"))


_FORTIFIED = (
    "strncpy strnlen strlen strscpy strlcat strcat strncat memset memcpy memmove memscan memcmp memchr memchr_inv "
    "kmemdup strcpy"
).split()
"""The functions in the order of `enum fortify_func`; any other number is told as unknown."""


@function("void __fortify_report(const u8 reason, const size_t avail, const size_t size)")
def fortify_report(guest: Guest, reason: int, available: int, size: int) -> None:
    """Warn of a function that goes beyond an end; `reason` has its number, and in the lowest bit whether it writes."""
    number, deed = reason >> 1 & 0x7F, "write" if reason & 1 else "read"
    name = _FORTIFIED[number] if number < len(_FORTIFIED) else "unknown"
    text = f"{name}: detected buffer overflow: {size} byte {deed} of buffer size {available}"
    report_kernel_warning(guest, "__fortify_report", text)


@function("ssize_t strscpy_pad(char *dest, const char *src, size_t count)")
def strscpy_pad(guest: Guest, target: int, source: int, size: int) -> int:
    """Copy a text as `strscpy()` and fill the rest with NULs; return its length or -E2BIG."""
    length: int = string.strscpy(guest, target, source, size)
    if length >= 0:
        guest.memory.write(target + length, bytes(size - length))
    return length


@function("char *skip_spaces(const char *s)")
def skip_spaces(guest: Guest, text: int) -> int:
    """Return the address of the first byte that is no white space."""
    found = guest.memory.text(text)
    return text + len(found) - len(found.lstrip(WHITE_SPACE))


@function("char *strim(char *s)")
def strim(guest: Guest, text: int) -> int:
    """Cut white space off the end of a text; return the address of the first byte that is no white space."""
    found = guest.memory.text(text)
    if found:
        guest.memory.put(text + len(found.rstrip(WHITE_SPACE)), 0, 1)
    return text + len(found.rstrip(WHITE_SPACE)) - len(found.rstrip(WHITE_SPACE).lstrip(WHITE_SPACE))


@function("bool sysfs_streq(const char *a, const char *b)")
def sysfs_streq(guest: Guest, first: int, second: int) -> bool:
    """Return whether two texts are equal but for one newline at the end."""
    one, other = guest.memory.text(first), guest.memory.text(second)
    return other in {one, one + b"\n"} or one == other + b"\n"


@function("int match_string(const char * const *array, size_t n, const char *string)")
def match_string(guest: Guest, array: int, count: int, text: int) -> int:
    """Return the index of a text in a table that ends with NULL or after `n`; -EINVAL if it is not there."""
    return _index_of(guest, array, count, lambda place: guest.memory.text(place) == guest.memory.text(text))


@function("int __sysfs_match_string(const char * const *array, size_t n, const char *s)")
def sysfs_match_string(guest: Guest, array: int, count: int, text: int) -> int:
    """Return the index of a text in a table as `match_string()`, where texts are equal as `sysfs_streq()` says."""
    return _index_of(guest, array, count, lambda place: sysfs_streq(guest, place, text))


def _index_of(guest: Guest, array: int, count: int, equal: Callable[[int], bool]) -> int:
    for at in range(min(count, 1 << 16)):
        place = guest.memory.u64(array + 8 * at)
        if not place:
            break
        if equal(place):
            return at
    return -EINVAL


_QUOTABLE = b'\f\n\r\t\v\a\x1b\\"'


@function("char *strreplace(char *s, char old, char new)")
def strreplace(guest: Guest, text: int, old: int, new: int) -> int:
    """Replace each letter `old` by `new`; return the end of the text."""
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
    """Write the size of so many blocks with a unit of 1000 (0) or 1024 (1)."""
    if length > 0:
        guest.memory.write(buffer, readable(size, block, bool(units)).encode()[: length - 1] + b"\0")


@function("int string_get_size(u64 size, u64 blk_size, const enum string_size_units units, char *buf, int len)")
def string_get_size_told(guest: Guest, size: int, block: int, units: int, buffer: int, length: int) -> int:
    """Write the same, and return its length; two flags leave the blank or the B out.

    Linux commit f0b7f8ade9d2 "lib/string_helpers: Add flags param to string_get_size()" (v6.9).
    """
    number, _, unit = readable(size, block, bool(units & 1)).partition(" ")
    unit = unit.removesuffix("B")
    blank = "" if units & constant(guest, "STRING_UNITS_NO_SPACE", 0) else " "
    end = "" if units & constant(guest, "STRING_UNITS_NO_BYTES", 0) else "B"
    text = f"{number}{blank}{unit}{end}".encode()
    if length > 0:
        guest.memory.write(buffer, text[: length - 1] + b"\0")
    return len(text)


@function(
    "int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags, const char *only)"
)
def string_escape_mem(guest: Guest, source: int, size: int, target: int, room: int, flags: int, only: int) -> int:
    """Write as much of the escaped bytes as fits, without a NUL; return the length of the whole."""
    raw = guest.memory.read(source, guest.bounded(size)) if size else b""
    out = escape(raw, flags, guest.memory.text(only) if only else b"")
    if room and out:
        guest.memory.write(target, out[:room])
    return len(out)


@function("char *kstrdup_quotable(const char *src, gfp_t gfp)")
def kstrdup_quotable(guest: Guest, source: int, _flags: int) -> int:
    """Return an allocated copy of a text that may stand between quotes in a log; NULL for NULL."""
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
    """Return bytes with the chosen escapes replaced (`string_unescape()`). `size` counts the letters that are read, and
    one more; 0 is no limit.
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
    """Write a text with its escapes replaced, with a NUL; return its length."""
    out = unescape(guest.memory.text(source), size, flags)
    guest.memory.write(target, out + b"\0")
    return len(out)


@function("void __write_overflow_field(size_t avail, size_t wanted)")
def write_overflow_field(_guest: Guest, _available: int, _wanted: int) -> None:
    """Do nothing: the compiler has warned of a copy that goes beyond a field, and the kernel looks itself."""
