"""lib/hexdump.c: Hexadecimal digits, to bytes and back, and rows of a hex dump."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.printk import printk
from modtools.emulate.symbols.registry import function, variable
from modtools.linuxerrno import EINVAL


@variable("hex_asc", 17)
def hex_asc(guest: Guest, address: int) -> None:
    """Hold the hexadecimal digits in small letters, and a NUL."""
    guest.memory.write(address, b"0123456789abcdef\0")


@variable("hex_asc_upper", 17)
def hex_asc_upper(guest: Guest, address: int) -> None:
    """Hold the hexadecimal digits in capital letters, and a NUL."""
    guest.memory.write(address, b"0123456789ABCDEF\0")


def digit(code: int) -> int:
    """Return the value of a hexadecimal digit, -1 for any other byte."""
    return b"0123456789abcdef".find(bytes((code,)).lower())


@function("int hex_to_bin(unsigned char ch)")
def hex_to_bin(_guest: Guest, code: int) -> int:
    """Return the value of a hexadecimal digit, -1 for any other byte."""
    return digit(code)


@function("int hex2bin(u8 *dst, const char *src, size_t count)")
def hex2bin(guest: Guest, target: int, source: int, count: int) -> int:
    """Convert two digits to each byte; return 0, or -EINVAL after the bytes before a wrong digit were written."""
    for at in range(guest.bounded(count)):
        high = digit(guest.memory.u8(source + 2 * at))
        low = digit(guest.memory.u8(source + 2 * at + 1)) if high >= 0 else -1
        if low < 0:
            return -EINVAL
        guest.memory.put(target + at, high << 4 | low, 1)
    return 0


@function("char *bin2hex(char *dst, const void *src, size_t count)")
def bin2hex(guest: Guest, target: int, source: int, count: int) -> int:
    """Convert each byte to two digits; return the end of what was written, where no NUL is put."""
    if count:
        guest.memory.write(target, guest.memory.read(source, guest.bounded(count)).hex().encode())
    return target + 2 * count


@function(
    "int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf, size_t linebuflen,"
    " bool ascii)"
)
def hex_dump_to_buffer(
    guest: Guest, data: int, length: int, rowsize: int, groupsize: int, line: int, size: int, ascii: int
) -> int:
    """Write one row of a hex dump, cut to the buffer; return the length of the whole row."""
    rowsize = rowsize if rowsize in (16, 32) else 16
    length = min(length, rowsize)
    if not length:
        if size:
            guest.memory.put(line, 0, 1)
            return 0
        groupsize = groupsize if groupsize in (1, 2, 4, 8) else 1
        return rowsize * 2 + rowsize // groupsize + 1 if ascii else -1
    text = hex_row(guest.memory.read(data, length), rowsize, groupsize, bool(ascii)).encode()
    if size:
        guest.memory.write(line, text[: size - 1] + b"\0")
    return len(text)


@function(
    "void print_hex_dump(const char *level, const char *prefix, int kind, int rowsize, int groupsize,"
    " const void *buf, size_t len, bool ascii)"
)
def print_hex_dump(
    guest: Guest, level: int, prefix: int, kind: int, rowsize: int, groupsize: int, buf: int, length: int, ascii: int
) -> None:
    """Log memory as rows of 16 or 32 bytes, in groups of 1, 2, 4 or 8."""
    rowsize = rowsize if rowsize in (16, 32) else 16
    head = guest.memory.text(level) + guest.memory.text(prefix)
    for at in range(0, guest.bounded(length), rowsize):
        row = guest.memory.read(buf + at, min(rowsize, length - at))
        where = b"%016x: " % (buf + at) if kind == 1 else b"%.8x: " % at if kind == 2 else b""
        printk.emit(guest, head + where + hex_row(row, rowsize, groupsize, bool(ascii)).encode() + b"\n")


def hex_row(row: bytes, rowsize: int, groupsize: int, ascii: bool) -> str:
    """Return one line of a dump (`hex_dump_to_buffer()`)."""
    if groupsize not in (1, 2, 4, 8) or len(row) % groupsize:
        groupsize = 1
    groups = (row[at : at + groupsize][::-1].hex() for at in range(0, len(row), groupsize))
    text = " ".join(groups)
    if not ascii:
        return text
    width = rowsize * 2 + rowsize // groupsize
    return text.ljust(width + 1) + "".join(chr(c) if 32 <= c < 127 else "." for c in row)
