"""lib/string.c: Memory and text functions of the C library that the kernel has.

The mem* functions are machine code, for they are called most of all.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.printf.characters import UPPER, kinds
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import E2BIG


def _sign(first: bytes, second: bytes) -> int:
    return (first > second) - (first < second)


@function("int memcmp(const void *a, const void *b, size_t n)", "int bcmp(const void *a, const void *b, size_t n)")
def memcmp(guest: Guest, first: int, second: int, size: int) -> int:
    """Return the difference of the first two bytes that differ, taken without sign; 0 where the memory is equal."""
    if not size:
        return 0
    return _difference(guest.memory.read(first, guest.bounded(size)), guest.memory.read(second, size))


@function("void *memchr(const void *s, int c, size_t n)")
def memchr(guest: Guest, start: int, byte: int, size: int) -> int:
    """Return the address of the first byte `c` among `n` bytes; NULL if there is none."""
    at = guest.memory.read(start, guest.bounded(size)).find(byte & 0xFF) if size else -1
    return start + at if at >= 0 else 0


@function("void *memchr_inv(const void *s, int c, size_t n)")
def memchr_inv(guest: Guest, start: int, byte: int, size: int) -> int:
    """Return the address of the first byte that is not `c` among `n` bytes; NULL if there is none."""
    raw = guest.memory.read(start, guest.bounded(size)) if size else b""
    rest = raw.lstrip(bytes((byte & 0xFF,)))
    return start + len(raw) - len(rest) if rest else 0


@function("void *memscan(void *s, int c, size_t n)")
def memscan(guest: Guest, start: int, byte: int, size: int) -> int:
    """Return the address of the first byte `c` among `n` bytes; their end if there is none."""
    return memchr(guest, start, byte, size) or start + size


@function("size_t strlen(const char *s)")
def strlen(guest: Guest, text: int) -> int:
    """Return the number of bytes before the NUL."""
    return len(guest.memory.text(text))


@function("size_t strnlen(const char *s, size_t max)")
def strnlen(guest: Guest, text: int, limit: int) -> int:
    """Return the number of bytes before the NUL, at most `max`."""
    return len(guest.memory.text(text, limit))


@function("int strcmp(const char *a, const char *b)")
def strcmp(guest: Guest, first: int, second: int) -> int:
    """Compare two texts by bytes without sign; return -1, 0 or 1."""
    return _sign(guest.memory.text(first), guest.memory.text(second))


@function("int strncmp(const char *a, const char *b, size_t n)")
def strncmp(guest: Guest, first: int, second: int, limit: int) -> int:
    """Compare the first `n` bytes of two texts; return -1, 0 or 1."""
    return _sign(guest.memory.text(first, limit), guest.memory.text(second, limit))


@function("int strcasecmp(const char *a, const char *b)")
def strcasecmp(guest: Guest, first: int, second: int) -> int:
    """Compare two texts without regard to case; return the difference of the first two bytes that differ, in lower
    case.
    """
    return _difference(_small(guest.memory.text(first)), _small(guest.memory.text(second)))


@function("int strncasecmp(const char *a, const char *b, size_t n)")
def strncasecmp(guest: Guest, first: int, second: int, limit: int) -> int:
    """Compare the first `n` bytes of two texts without regard to case; return the difference of the first two bytes
    that differ.
    """
    return _difference(_small(guest.memory.text(first, limit)), _small(guest.memory.text(second, limit)))


def _small(text: bytes) -> bytes:
    """Return a text in small letters, those of Latin-1 among them, with its NUL."""
    return bytes(code + 32 if kinds(code) & UPPER else code for code in text) + b"\0"


def _difference(first: bytes, second: bytes) -> int:
    return next((a - b for a, b in zip(first, second, strict=False) if a != b), 0)


@function("char *strcpy(char *dest, const char *src)")
def strcpy(guest: Guest, target: int, source: int) -> int:
    """Copy a text with its NUL; return `dest`."""
    guest.memory.write(target, guest.memory.text(source) + b"\0")
    return target


@function("char *strncpy(char *dest, const char *src, size_t n)")
def strncpy(guest: Guest, target: int, source: int, size: int) -> int:
    """Copy a text as exactly `n` bytes, with NULs where the text is shorter; return `dest`."""
    guest.memory.write(target, guest.memory.text(source, guest.bounded(size)).ljust(size, b"\0"))
    return target


@function("size_t strlcpy(char *dest, const char *src, size_t size)")
def strlcpy(guest: Guest, target: int, source: int, size: int) -> int:
    """Copy as much of a text as fits, with a NUL; return the length of the source."""
    text = guest.memory.text(source)
    if size:
        guest.memory.write(target, text[: size - 1] + b"\0")
    return len(text)


@function("ssize_t strscpy(char *dest, const char *src, size_t count)")
def strscpy(guest: Guest, target: int, source: int, size: int) -> int:
    """Copy as much of a text as fits, with a NUL; return its length, or -E2BIG if something was cut off."""
    if not size or size > 0x7FFFFFFF:
        return -E2BIG
    text = guest.memory.text(source, size)
    if len(text) < size:
        guest.memory.write(target, text + b"\0")
        return len(text)
    guest.memory.write(target, text[: size - 1] + b"\0")
    return -E2BIG


@function("char *strcat(char *dest, const char *src)")
def strcat(guest: Guest, target: int, source: int) -> int:
    """Append a text to another one, with a NUL; return `dest`."""
    guest.memory.write(target + strlen(guest, target), guest.memory.text(source) + b"\0")
    return target


@function("char *strncat(char *dest, const char *src, size_t n)")
def strncat(guest: Guest, target: int, source: int, limit: int) -> int:
    """Append at most `n` bytes of a text to another one, with a NUL; return `dest`."""
    guest.memory.write(target + strlen(guest, target), guest.memory.text(source, limit) + b"\0")
    return target


@function("size_t strlcat(char *dest, const char *src, size_t count)")
def strlcat(guest: Guest, target: int, source: int, size: int) -> int:
    """Append as much of a text to another one as fits into `count` bytes; return how long the whole would be."""
    have, text = guest.memory.text(target, size), guest.memory.text(source)
    room = size - len(have)
    if room > 0:
        guest.memory.write(target + len(have), text[: room - 1] + b"\0")
    return len(have) + len(text)


@function("char *strchr(const char *s, int c)")
def strchr(guest: Guest, text: int, byte: int) -> int:
    """Return the address of the first byte `c`; NULL if there is none. The NUL counts as part of the text."""
    at = (guest.memory.text(text) + b"\0").find(byte & 0xFF)
    return text + at if at >= 0 else 0


@function("char *strnchr(const char *s, size_t n, int c)")
def strnchr(guest: Guest, text: int, limit: int, byte: int) -> int:
    """Return the address of the first byte `c` among `n` bytes of a text; NULL if there is none."""
    at = (guest.memory.text(text, limit) + b"\0")[:limit].find(byte & 0xFF)
    return text + at if at >= 0 else 0


@function("char *strchrnul(const char *s, int c)")
def strchrnul(guest: Guest, text: int, byte: int) -> int:
    """Return the address of the first byte `c` of a text; that of its NUL if there is none."""
    found = guest.memory.text(text)
    at = found.find(byte & 0xFF)
    return text + (at if at >= 0 else len(found))


@function("char *strrchr(const char *s, int c)")
def strrchr(guest: Guest, text: int, byte: int) -> int:
    """Return the address of the last byte `c`; NULL if there is none. The NUL counts as part of the text."""
    at = (guest.memory.text(text) + b"\0").rfind(byte & 0xFF)
    return text + at if at >= 0 else 0


@function("char *strstr(const char *s, const char *wanted)")
def strstr(guest: Guest, text: int, wanted: int) -> int:
    """Return the address at which a text begins in another; NULL if it does not."""
    at = guest.memory.text(text).find(guest.memory.text(wanted))
    return text + at if at >= 0 else 0


@function("char *strnstr(const char *s, const char *wanted, size_t n)")
def strnstr(guest: Guest, text: int, wanted: int, limit: int) -> int:
    """Return the address at which a text begins within the first `n` bytes of another; NULL if it does not."""
    at = guest.memory.text(text, limit).find(guest.memory.text(wanted))
    return text + at if at >= 0 else 0


@function("size_t strspn(const char *s, const char *accept)")
def strspn(guest: Guest, text: int, accept: int) -> int:
    """Return how many bytes at the beginning of a text are in a set."""
    found = guest.memory.text(text)
    return len(found) - len(found.lstrip(guest.memory.text(accept) or b"\0"))


@function("size_t strcspn(const char *s, const char *reject)")
def strcspn(guest: Guest, text: int, reject: int) -> int:
    """Return how many bytes at the beginning of a text are not in a set."""
    found, unwanted = guest.memory.text(text), guest.memory.text(reject)
    return next((at for at, byte in enumerate(found) if byte in unwanted), len(found))


@function("char *strpbrk(const char *s, const char *accept)")
def strpbrk(guest: Guest, text: int, accept: int) -> int:
    """Return the address of the first byte of a text that is in a set; NULL if there is none."""
    found, wanted = guest.memory.text(text), guest.memory.text(accept)
    return next((text + at for at, byte in enumerate(found) if byte in wanted), 0)


@function("char *strsep(char **s, const char *delimiters)")
def strsep(guest: Guest, place: int, delimiters: int) -> int:
    """End the next word of a text with a NUL and return it; NULL when there is none. The place moves on, to NULL behind
    the last word.
    """
    start = guest.memory.u64(place)
    if not start:
        return 0
    end: int = strpbrk(guest, start, delimiters)
    if end:
        guest.memory.put(end, 0, 1)
    guest.memory.put(place, end + 1 if end else 0, 8)
    return start
