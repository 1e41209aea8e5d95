"""BTF: the types of a kernel image, or of a module after those of its kernel.

Source: `Documentation/bpf/btf.rst`, `include/uapi/linux/btf.h`. In the byte order of the image: a header (u16 magic
0xeb9f, u8 version, u8 flags, then as u32 its own length, offset and length of the types, offset and length of the
texts), types numbered from 1. A type is u32 name, u32 info (bits 0-15 vlen, 24-28 kind, 31 kind_flag), u32 size or
type; then what its kind brings with it. A structure brings vlen times u32 name, u32 type, u32 offset in bits (with
kind_flag: 24 bits of offset, 8 bits of width).

A module's section .BTF goes on with the numbers of types and the offsets of texts where the kernel's end.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from modtools.errors import FormatError
from modtools.light import NamedTuple

INT, PTR, ARRAY, STRUCT, UNION, ENUM, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, PROTO, VAR = range(1, 15)
DATASEC, FLOAT, DECL_TAG, TYPE_TAG, ENUM64 = range(15, 20)
_EXTRA = {INT: (4, 0), ARRAY: (12, 0), STRUCT: (0, 12), UNION: (0, 12), ENUM: (0, 8), PROTO: (0, 8), VAR: (4, 0)} | {
    DATASEC: (0, 12),
    DECL_TAG: (4, 0),
    ENUM64: (0, 12),
}
_WORDS = tuple(3 + _EXTRA.get(kind, (0, 0))[0] // 4 if INT <= kind <= ENUM64 else 0 for kind in range(32))
_WORDS_EACH = tuple(_EXTRA.get(kind, (0, 0))[1] // 4 for kind in range(32))
"""By kind: the words of 32 bits of a type, 0 for a kind that there is not, and of each of its members."""
_TRANSPARENT = (TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG)
_STANDING = frozenset((*_TRANSPARENT, PTR, FUNC, PROTO, VAR, DECL_TAG))
"""Kinds whose third word is the number of another type."""
_QUALIFIERS = {CONST: "const", VOLATILE: "volatile", RESTRICT: "restrict"}
_TAGS = {STRUCT: "struct", UNION: "union", ENUM: "enum", ENUM64: "enum"}
MAGIC, VERSION, HEADER_SIZE = 0xEB9F, 1, 24
_DEEPEST = 64
"""How many types may lie inside each other: C's programmers stay below ten, a damaged table has circles."""
_LONGEST = 1 << 16
"""Of how many types a declaration or a layout may be made."""

Field = list[int | str]
"""Offset, size and kind of a field (`profiles/structures.py`); of a bit field also its first bit and its width."""


class Type(NamedTuple):
    """One type: its kind, what it brings, and the two words that mean different things to different kinds."""

    name: int
    kind: int
    length: int
    flag: bool
    size: int
    extra: bytes


class Types:
    """All types of a kernel image, or those of a module after those of the kernel that it was built for.

    Its methods raise FormatError where the table is damaged.
    """

    def __init__(self, data: bytes, kernel: Types | None = None, *, little: bool = True, pointer: int = 8) -> None:
        self._order = "<>"[not little]
        self._steps = 0
        self._pointer = pointer
        types, texts = _divided(data, self._order)
        self._texts: bytes = (kernel._texts if kernel else b"") + texts
        self._types: list[Type] = [*kernel._types] if kernel else [Type(0, 0, 0, False, 0, b"")]
        self._types += _types(types, self._order)

    @cached_property
    def structures(self) -> dict[str, Type]:
        """The structures by name, the first of several."""
        found: dict[str, Type] = {}
        for row in self._types:
            if row.kind == STRUCT and row.name:
                found.setdefault(self._text(row.name), row)
        return found

    @cached_property
    def constants(self) -> dict[str, int]:
        """The members of all enums with their values, the first of several of one name."""
        found: dict[str, int] = {}
        for row in self._types:
            if row.kind in (ENUM, ENUM64):
                codes = "I" + ("i" if row.flag else "I") * (2 if row.kind == ENUM64 else 1)
                for name, low, *high in struct.iter_unpack(self._order + codes, row.extra):
                    value = (high[0] << 32 | low & 0xFFFFFFFF) if high else low
                    found.setdefault(self._text(name), value)
        return found

    @cached_property
    def functions(self) -> dict[str, Type]:
        """The prototype of each function, the first of several."""
        found: dict[str, Type] = {}
        for row in self._types:
            if row.kind == FUNC:
                found.setdefault(self._text(row.name), self._type(row.size))
        return found

    @cached_property
    def prototypes(self) -> dict[str, list[tuple[int, bool]]]:
        """Size and sign of each parameter of each function; (0, False) for `...`."""
        return {
            name: [self._parameter(number) for _, number in self._pairs(row)] for name, row in self.functions.items()
        }

    def declaration(self, name: str) -> str:
        """Return the C declaration of a function, as `u64 int_pow(u64 base, unsigned int exp)`. Raises KeyError."""
        row = self.functions[name]
        self._steps = 0
        return self._declared(row.size, f"{name}({self._parameters(row, 0)})", 0)

    def layout(self, row: Type) -> dict[str, Field]:
        """The fields of a structure; what lies in a nameless structure or union stands among them."""
        self._steps = 0
        return dict(self._fields(row, 0, 0))

    def _step(self, depth: int) -> None:
        """Count what a declaration or a layout is made of. Raises FormatError where it has no end."""
        self._steps += 1
        if depth > _DEEPEST or self._steps > _LONGEST:
            raise FormatError("a type of BTF lies in itself")

    def _parameter(self, number: int) -> tuple[int, bool]:
        row = self._real(number)
        return (self._size(row) if number else 0, row.kind == INT and bool(self._encoding(row) & 1))

    def _parameters(self, row: Type, depth: int) -> str:
        parts = [
            self._declared(number, self._text(name), depth + 1) if name or number else "..."
            for name, number in self._pairs(row)
        ]
        return ", ".join(parts) or "void"

    def _declared(self, number: int, name: str, depth: int) -> str:
        """Return the declaration of a name with a type, from the name outwards as C's grammar does it."""
        row = self._type(number)
        self._step(depth)
        if not number:
            return f"void {name}".rstrip()
        if row.kind in _QUALIFIERS:
            if self._type(row.size).kind == PTR:
                return self._declared(row.size, f"{_QUALIFIERS[row.kind]} {name}".rstrip(), depth + 1)
            return f"{_QUALIFIERS[row.kind]} {self._declared(row.size, name, depth + 1)}"
        if row.kind == TYPE_TAG:
            return self._declared(row.size, name, depth + 1)
        if row.kind == PTR:
            wraps = self._skipped(row.size).kind in (ARRAY, PROTO)
            return self._declared(row.size, f"(*{name})" if wraps else f"*{name}", depth + 1)
        if row.kind == ARRAY:
            element, _, count = self._unpack("III", row)
            return self._declared(element, f"{name}[{count}]", depth + 1)
        if row.kind == PROTO:
            return self._declared(row.size, f"{name}({self._parameters(row, depth)})", depth + 1)
        return f"{self._named(row)} {name}".rstrip()

    def _skipped(self, number: int) -> Type:
        """Return a type without the tags in front of it."""
        row = self._type(number)
        for _ in range(_DEEPEST):
            if row.kind != TYPE_TAG:
                break
            row = self._type(row.size)
        return row

    def _named(self, row: Type) -> str:
        tag = ("union" if row.flag else "struct") if row.kind == FORWARD else _TAGS.get(row.kind, "")
        return f"{tag} {self._text(row.name) or '{}'}".lstrip()

    def _fields(self, row: Type, base: int, depth: int) -> Iterator[tuple[str, Field]]:
        for name, number, place in struct.iter_unpack(f"{self._order}III", row.extra):
            self._step(depth)
            width, offset = (place >> 24, place & 0xFFFFFF) if row.flag else (0, place)
            inner = self._real(number)
            if not name and inner.kind in (STRUCT, UNION):
                yield from self._fields(inner, base + offset, depth + 1)
            elif width:
                size = inner.size or 1
                unit = (base + offset) // (8 * size) * size
                yield self._text(name), [unit, size, "b", base + offset - 8 * unit, width]
            else:
                yield self._text(name), [(base + offset) // 8, self._size(inner), self._kind(inner)]

    def _type(self, number: int) -> Type:
        if number >= len(self._types):
            raise FormatError(f"type {number} of BTF does not exist: there are {len(self._types)}")
        return self._types[number]

    def _real(self, number: int) -> Type:
        row = self._type(number)
        for _ in range(_DEEPEST):
            if row.kind not in _TRANSPARENT:
                return row
            row = self._type(row.size)
        raise FormatError(f"type {number} of BTF lies in itself")

    def _size(self, row: Type, depth: int = 0) -> int:
        if row.kind == PTR:
            return self._pointer
        if row.kind == ARRAY and depth <= _DEEPEST:
            element, _, count = self._unpack("III", row)
            return self._size(self._real(element), depth + 1) * count
        return row.size

    def _kind(self, row: Type, depth: int = 0) -> str:
        if row.kind == STRUCT and row.name:
            return self._text(row.name)
        if row.kind == INT:
            return "s" if self._encoding(row) & 1 else "u"
        if row.kind == STRUCT and row.length == 1 and row.size <= 8 and depth < _DEEPEST:
            return self._kind(self._real(self._unpack("I", row, 4)[0]), depth + 1)  # atomic_t and the like
        return "u" if row.kind in (PTR, ENUM, ENUM64) else ""

    def _encoding(self, row: Type) -> int:
        return self._unpack("I", row)[0] >> 24 & 0xF

    def _pairs(self, row: Type) -> Iterator[tuple[int, int]]:
        return struct.iter_unpack(f"{self._order}II", row.extra)

    def _unpack(self, codes: str, row: Type, at: int = 0) -> tuple[int, ...]:
        return struct.unpack_from(self._order + codes, row.extra, at)

    def _text(self, at: int) -> str:
        end = self._texts.find(b"\0", at)
        if end < 0:
            raise FormatError(f"text {at} of BTF does not exist: there are {len(self._texts)} bytes")
        return self._texts[at:end].decode("ascii", "replace")


def _divided(data: bytes, order: str) -> tuple[bytes, bytes]:
    """Return the types and the texts of BTF. Raises FormatError where they do not lie in it."""
    if len(data) < HEADER_SIZE:
        raise FormatError(f"BTF of {len(data)} bytes is too short for a header", len(data))
    magic, version, _, header, at, size, texts, length = struct.unpack_from(f"{order}HBBI4I", data)
    if magic != MAGIC or version != VERSION:
        raise FormatError(f"BTF of version {version} with the magic number {magic:#x} is not known", 0)
    if header + max(at + size, texts + length) > len(data):
        raise FormatError(f"BTF of {len(data)} bytes ends inside of its types or texts", len(data))
    return data[header + at : header + at + size], data[header + texts : header + texts + length]


def furthest(data: bytes, *, little: bool = True) -> tuple[int, int]:
    """Return the greatest offset of a type's name, and the greatest number of a type that another one stands on.

    A module's own names and types come after all of its base. It is the leanest way through thousands of modules, and
    refuses what `Types` refuses. Raises FormatError.
    """
    types, _ = _divided(data, "<>"[not little])
    words = array("I", types[: len(types) & ~3])
    if little != (sys.byteorder == "little"):
        words.byteswap()
    name, number, at, end = 0, 0, 0, len(words)
    while at + 3 <= end:
        if words[at] > name:
            name = words[at]
        info = words[at + 1]
        kind = info >> 24 & 0x1F
        if words[at + 2] > number and kind in _STANDING:
            number = words[at + 2]
        at, place = at + _WORDS[kind] + _WORDS_EACH[kind] * (info & 0xFFFF), at
        if at > end or not _WORDS[kind]:
            raise _odd_type(kind, 4 * place)
    return name, number


def _odd_type(kind: int, at: int) -> FormatError:
    return FormatError(f"type of kind {kind} in BTF is not known, or ends outside of it", at)


def _types(data: bytes, order: str) -> Iterator[Type]:
    at, header = 0, struct.Struct(f"{order}III")
    while at + 12 <= len(data):
        name, info, size = header.unpack_from(data, at)
        kind, length = info >> 24 & 0x1F, info & 0xFFFF
        fixed, each = _EXTRA.get(kind, (0, 0))
        end = at + 12 + fixed + each * length
        if not INT <= kind <= ENUM64 or end > len(data):
            raise _odd_type(kind, at)
        yield Type(name, kind, length, bool(info >> 31), size, data[at + 12 : end])
        at = end


def document(found: Iterable[tuple[str, Types]], constants: Mapping[str, int]) -> str:
    """A structure on each line, with the structures that lie inside of others; on one line, named `enum`, constants."""
    rows = {"enum": json.dumps(["enum", 0, dict(sorted(constants.items()))])}
    waiting = list(found)
    while waiting:
        name, types = waiting.pop()
        row = types.structures[name]
        fields = types.layout(row)
        rows[name] = json.dumps([name, row.size, fields])
        inside = {str(field[2]) for field in fields.values()} & types.structures.keys() - rows.keys()
        waiting += ((kind, types) for kind in inside)
    return "".join(f"{rows[name]}\n" for name in sorted(rows))
