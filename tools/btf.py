"""Write the layouts of the kernel's structures that the emulator uses: `python -m tools.btf`; with names, show those.

Its source is the type information inside Debian's kernel image. BTF (Linux 6.1 `Documentation/bpf/btf.rst`,
`include/uapi/linux/btf.h`), little-endian: a header (u16 magic 0xeb9f, u8 version, u8 flags, then as u32 its own
length, offset and length of the types, offset and length of the texts), types numbered from 1. A type is u32 name, u32
info (bits 0-15 vlen, 24-28 kind, 31 kind_flag), u32 size or type; then what its kind brings with it. A structure brings
vlen times u32 name, u32 type, u32 offset in bits (with kind_flag: 24 bits of offset, 8 bits of width).

A structure that the kernel proper does not have, such as hid_device, is looked for in the modules of the same package:
the section .BTF of a module goes on with the numbers of types and the offsets of texts where the kernel's end.

The result is a text, a structure on each line: ["NAME", size, {"FIELD": [offset, size, kind]}]; kind is "u" or "s" for
a number without or with sign, the name of another structure, or "" for anything else (arrays, unions). Bit fields have
the kind "b" and five values: [offset, size, "b", first bit, width]. What lies in a nameless structure or union stands
among the fields.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from elftools.elf.elffile import ELFFile

from modtools.profiles import DEFAULT
from tests.reference import CHECKOUT, debian_tree, missing
from tools import structures_named
from tools.vmlinux import unpack

EMULATOR = CHECKOUT / "modtools/emulate"
TARGET = CHECKOUT / "modtools/profiles" / DEFAULT / "structs.jsonl"

INT, PTR, ARRAY, STRUCT, UNION, ENUM, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, PROTO, VAR = range(1, 15)
DATASEC, FLOAT, DECL_TAG, TYPE_TAG, ENUM64 = range(15, 20)
_EXTRA = {INT: (4, 0), ARRAY: (12, 0), STRUCT: (0, 12), UNION: (0, 12), ENUM: (0, 8), PROTO: (0, 8), VAR: (4, 0)} | {
    DATASEC: (0, 12),
    DECL_TAG: (4, 0),
    ENUM64: (0, 12),
}
_TRANSPARENT = (TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG)
_WORD = re.compile(r'"(\w+)"')

Field = list[int | str]


class Type(NamedTuple):
    """One type: its kind, what it brings, and the two words that mean different things to different kinds."""

    name: int
    kind: int
    length: int
    flag: bool
    size: int
    extra: bytes


class Types:
    """All types of a kernel image, or those of a module after those of the kernel that it was built for."""

    def __init__(self, data: bytes, kernel: Types | None = None) -> None:
        start = data.index(struct.pack("<HBBI", 0xEB9F, 1, 0, 24))
        at, size, texts, length = struct.unpack_from("<4I", data, start + 8)
        self._texts: bytes = kernel._texts if kernel else b""
        self._texts += data[start + 24 + texts : start + 24 + texts + length]
        self._types: list[Type] = [*kernel._types] if kernel else [Type(0, 0, 0, False, 0, b"")]
        self._types += _types(data[start + 24 + at : start + 24 + at + size])

    @cached_property
    def structures(self) -> dict[str, Type]:
        """The structures by name, the first of several."""
        found: dict[str, Type] = {}
        for row in self._types:
            if row.kind == STRUCT and row.name:
                found.setdefault(self._text(row.name), row)
        return found

    @cached_property
    def prototypes(self) -> dict[str, list[tuple[int, bool]]]:
        """Size and sign of each parameter of each function; (0, False) for `...`."""
        return {
            self._text(row.name): [
                self._parameter(number) for _, number in struct.iter_unpack("<II", self._types[row.size].extra)
            ]
            for row in self._types
            if row.kind == FUNC
        }

    def _parameter(self, number: int) -> tuple[int, bool]:
        row = self._real(number)
        return (self._size(row) if number else 0, row.kind == INT and bool(row.extra[3] & 1))

    def layout(self, row: Type) -> dict[str, Field]:
        """The fields of a structure."""
        return dict(self._fields(row, 0))

    def _fields(self, row: Type, base: int) -> Iterator[tuple[str, Field]]:
        for name, number, place in struct.iter_unpack("<III", row.extra):
            width, offset = (place >> 24, place & 0xFFFFFF) if row.flag else (0, place)
            inner = self._real(number)
            if not name and inner.kind in (STRUCT, UNION):
                yield from self._fields(inner, base + offset)
            elif width:
                size = inner.size
                unit = (base + offset) // (8 * size) * size
                yield self._text(name), [unit, size, "b", base + offset - 8 * unit, width]
            else:
                yield self._text(name), [(base + offset) // 8, self._size(inner), self._kind(inner)]

    def _real(self, number: int) -> Type:
        row = self._types[number]
        while row.kind in _TRANSPARENT:
            row = self._types[row.size]
        return row

    def _size(self, row: Type) -> int:
        if row.kind == PTR:
            return 8
        if row.kind == ARRAY:
            element, _, count = struct.unpack("<III", row.extra)
            return self._size(self._real(element)) * int(count)
        return row.size

    def _kind(self, row: Type) -> str:
        if row.kind == STRUCT and row.name:
            return self._text(row.name)
        if row.kind == INT:
            return "s" if row.extra[3] & 1 else "u"
        if row.kind == STRUCT and row.length == 1 and row.size <= 8:
            return self._kind(self._real(struct.unpack_from("<I", row.extra, 4)[0]))  # atomic_t and the like
        return "u" if row.kind in (PTR, ENUM, ENUM64) else ""

    def _text(self, at: int) -> str:
        return self._texts[at : self._texts.index(0, at)].decode()


def _types(data: bytes) -> Iterator[Type]:
    at = 0
    while at < len(data):
        name, info, size = struct.unpack_from("<III", data, at)
        kind, length = info >> 24 & 0x1F, info & 0xFFFF
        fixed, each = _EXTRA.get(kind, (0, 0))
        extra = fixed + each * length
        yield Type(name, kind, length, bool(info >> 31), size, data[at + 12 : at + 12 + extra])
        at += 12 + extra


def used(types: Types) -> set[str]:
    """The kernel's structures that the sources of the emulator name, as an argument or in a table."""
    texts = [path.read_text("utf-8") for path in EMULATOR.rglob("*.py")]
    words = {word for text in texts for word in _WORD.findall(text)}
    return words & types.structures.keys()


def with_modules(types: Types, wanted: set[str], tree: Path) -> Iterator[tuple[str, Types]]:
    """The types to take each wanted structure from: the kernel's, or those of the first module that has it.

    Raises LookupError, with the names, for structures that neither has.
    """
    yield from ((name, types) for name in sorted(wanted & types.structures.keys()))
    lacking = wanted - types.structures.keys()
    for path in sorted(tree.glob("lib/modules/**/*.ko")) if lacking else ():
        data = path.read_bytes()
        if any(b"\0%s\0" % name.encode() in data for name in lacking):
            module = Types(ELFFile(BytesIO(data)).get_section_by_name(".BTF").data(), types)
            found = lacking & module.structures.keys()
            yield from ((name, module) for name in sorted(found))
            lacking -= found
    if lacking:
        raise LookupError(f"neither Debian's kernel nor one of its modules has {', '.join(sorted(lacking))}")


def document(found: Iterable[tuple[str, Types]]) -> str:
    """A structure on each line; with the structures that lie inside of others."""
    rows: dict[str, str] = {}
    waiting = list(found)
    while waiting:
        name, types = waiting.pop()
        row = types.structures[name]
        fields = types.layout(row)
        rows[name] = json.dumps([name, row.size, fields])
        inside = {str(field[2]) for field in fields.values()} & types.structures.keys() - rows.keys()
        waiting += ((kind, types) for kind in inside)
    return "".join(f"{rows[name]}\n" for name in sorted(rows))


def image(tree: Path) -> bytes:
    """The kernel in an unpacked package, itself unpacked."""
    (vmlinuz,) = tree.glob("boot/vmlinuz-*")
    return unpack(vmlinuz.read_bytes())


def made(types: Types, tree: Path) -> str:
    """The whole file, for the emulator as it is now; `tree` is the package that the types are from.

    Raises LookupError for a structure or a field that its sources name and that does not exist.
    """
    uses = list(structures_named.uses(EMULATOR))
    text = document(with_modules(types, used(types) | {use.structure for use in uses}, tree))
    wrong = structures_named.wrong(uses, structures_named.layouts(text))
    if wrong:
        raise LookupError("\n".join(wrong))
    return text


def show(types: Types, names: set[str]) -> None:
    """Print the layout of each structure, in the words of C's programmers."""
    for name, known in with_modules(types, names, debian_tree()):
        row = known.structures[name]
        print(f"struct {name}, {row.size} bytes")
        for field, (offset, *rest) in known.layout(row).items():
            print(f"  {offset:6} {field:<30} {rest}")


if __name__ == "__main__":
    if lacking := missing("debian"):
        sys.exit(lacking)
    try:
        known = Types(image(debian_tree()))
        if sys.argv[1:]:
            show(known, set(sys.argv[1:]))
        else:
            TARGET.write_text(made(known, debian_tree()), "ascii")
            print(f"{TARGET.stat().st_size:8} {TARGET}")
    except LookupError as error:
        sys.exit(f"tools.btf: {error}")
