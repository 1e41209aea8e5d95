"""Ways to damage a file: of bytes, of words, of JSON, of the tables in an ELF file."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile

EXTREMES: tuple[int, ...] = (0, 1, 2, 3, 7, 8, 24, 63, 64, 0x7F, 0xFF, 0x7FFF, 0xFF00, 0xFFF1, 0xFFFF)
EXTREMES += (0x7FFFFFFF, 0xFFFFFFFF, 1 << 31, 1 << 32, 1 << 40, 1 << 62, 1 << 63, (1 << 64) - 1)
_WORDS = (
    *(b"", b"\0", b"\xff", b"\xed\xa0\x80", b"-", b"--", b"=", b"#", b"\\", b'"', b"*" * 40, b"[" * 40, b"(" * 40),
    *(
        b"*[a-z]" * 20,
        b"0x",
        b"ffffffffffffffffff",
        b"99999999999999999999999",
        b"-1",
        b"..",
        b"../../x",
        b"/dev/zero",
        b"%s",
        b"a" * 5000,
    ),
)
_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    1 << 70,
    0.5,
    "",
    "odd",
    "\ud800",
    "../../x",
    "/dev/zero",
    [],
    [[]],
    {},
    {"a": 1},
)

Change = Callable[[bytearray, Random], None]


def _flip(data: bytearray, chance: Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _number(data: bytearray, chance: Random) -> None:
    """An extreme number, or one near the file's size, at a place that is a multiple of its width."""
    width = chance.choice((1, 2, 4, 8))
    at = chance.randrange(max(1, len(data) - width + 1)) // width * width
    number = chance.choice((*EXTREMES, len(data), len(data) - 1)) & ((1 << 8 * width) - 1)
    data[at : at + width] = number.to_bytes(width, chance.choice(("little", "big")))


def _cut(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 2, 8, 64, 4096, len(data)))]


def _again(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 4, 8, 24, 64, 512))]
    data[start:start] = piece * chance.choice((1, 1, 1, 2, 50))


def _insert(data: bytearray, chance: Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.randbytes(chance.choice((1, 2, 8, 64)))


def _word(data: bytearray, chance: Random) -> None:
    """A word of the text becomes another one, of the same file or an odd one."""
    words = bytes(data).split()
    if words:
        word = chance.choice(words)
        at = data.find(word)
        data[at : at + len(word)] = chance.choice((*_WORDS, *(chance.choice(words) for _ in range(8))))


def _line(data: bytearray, chance: Random) -> None:
    """Two lines change places, or one comes twice, or goes."""
    lines = bytes(data).splitlines(keepends=True)
    if lines:
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one] = chance.choice((lines[other], b"", lines[one] * 2, lines[one].rstrip(b"\n") + lines[other]))
        data[:] = b"".join(lines)


def _json(data: bytearray, chance: Random) -> None:
    """One value of a JSON document becomes an odd one, or is taken out."""
    try:
        document = json.loads(data)
    except ValueError:
        return _flip(data, chance)
    places = list(_places(document))
    if places:
        inside, key = chance.choice(places)
        if chance.randrange(6):
            inside[key] = chance.choice(_ODD)
        else:
            del inside[key]
        data[:] = json.dumps(document).encode()
    return None


def _places(node: Any) -> Any:
    """Each (container, key) in a document."""
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield node, key
        yield from _places(node[key])


def _table(data: bytearray, chance: Random) -> None:
    """An extreme number in a header, a symbol, or a relocation of an ELF file."""
    try:
        elf = ElfFile.open(bytes(data))
    except FormatError:
        return _number(data, chance)
    tables = [(0, elf.header.ehsize), (elf.header.shoff, elf.header.shnum * elf.header.shentsize)]
    tables += [(section.offset, section.size) for section in elf.sections if section.type in (2, 4, 9)]
    start, size = chance.choice(tables)
    code, width = chance.choice((("H", 2), ("I", 4), ("Q", 8)))
    at = start + chance.randrange(max(1, size // width)) * width
    numbers = (*EXTREMES, len(data), len(data) - 1, elf.header.shoff, chance.randrange(elf.header.shnum + 1))
    if 4 <= at <= len(data) - width:
        number = chance.choice(numbers) & ((1 << 8 * width) - 1)
        struct.pack_into(("<" if elf.header.little else ">") + code, data, at, number)
    return None


BYTES: tuple[Change, ...] = (_flip, _number, _cut, _again, _insert)
TEXT: tuple[Change, ...] = (_flip, _cut, _again, _insert, _word, _word, _line, _line)
JSON: tuple[Change, ...] = (_json, _json, _json, _json, _flip, _cut)
ELF: tuple[Change, ...] = (_table, _table, _table, _flip, _number, _cut, _again)


def mutate(data: bytes, others: Sequence[bytes], changes: Sequence[Change], chance: Random) -> bytes:
    """A damaged copy of a file: a few changes, now and then a cut end, or the end of another file."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if out:
            chance.choice(changes)(out, chance)
    if not chance.randrange(40):
        del out[chance.randrange(len(out) + 1) :]
    if not chance.randrange(40):
        other = chance.choice(others)
        out[chance.randrange(len(out) + 1) :] = other[chance.randrange(len(other) + 1) :]
    return bytes(out)
