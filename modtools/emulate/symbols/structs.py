"""The kernel's structures, as views of memory: `view(guest, "miscdevice", address).minor`.

Layouts are those of Debian's 6.1.0-56-amd64, out of the type information of its kernel (`structs.jsonl`, made by
`python -m tools.btf`, which describes the format). A field that is a number or a pointer reads and writes as
an int; one that is a structure gives a view of it; of anything else, `address` says where it is.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from modtools.profiles import DEFAULT

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.link.memory import Memory


_NUMBERS = frozenset("usb")


class Layout(NamedTuple):
    """Bytes of a structure, and of each field its offset, size, kind, and for a bit field its first bit and width."""

    size: int
    fields: dict[str, list[Any]]


@cache
def _lines() -> dict[str, str]:
    """Return the line of each structure, by its name. A run wants few, so each is decoded when needed."""
    text = (files("modtools.profiles") / DEFAULT / "structs.jsonl").read_text("ascii")
    return {line[2 : line.index('"', 2)]: line for line in text.splitlines()}


def names() -> list[str]:
    """Return the structures whose layout is known, in the order of the alphabet."""
    return list(_lines())


@cache
def layout(name: str) -> Layout:
    """Return size and fields of a structure. Raises KeyError for one whose layout is not known."""
    _, size, fields = json.loads(_lines()[name])
    return Layout(size, fields)


def size_of(name: str) -> int:
    """Return the size of a structure in bytes."""
    return layout(name).size


def offset_of(name: str, field: str) -> int:
    """Return where a field begins, in bytes; `a.b` is a field of a structure inside."""
    at = 0
    for part in field.split("."):
        offset, _, name, *_ = layout(name).fields[part]
        at += offset
    return at


class View:
    """A structure in memory, whose fields are read and written as attributes."""

    __slots__ = ("_address", "_fields", "_memory")

    def __init__(self, memory: Memory, name: str, address: int) -> None:
        object.__setattr__(self, "_memory", memory)
        object.__setattr__(self, "_fields", layout(name).fields)
        object.__setattr__(self, "_address", address)

    def __getattr__(self, field: str) -> Any:
        offset, size, kind, *bits = self._fields[field]
        at = self._address + offset
        if kind == "":
            raise TypeError(f"{field} is neither a number nor a structure: use address()")
        if kind not in _NUMBERS:
            return View(self._memory, kind, at)
        value = int.from_bytes(self._memory.read(at, size), "little", signed=kind == "s")
        return value >> bits[0] & (1 << bits[1]) - 1 if bits else value

    def __setattr__(self, field: str, value: int) -> None:
        offset, size, kind, *bits = self._fields[field]
        at = self._address + offset
        if bits:
            mask = (1 << bits[1]) - 1 << bits[0]
            before = int.from_bytes(self._memory.read(at, size), "little")
            value = before & ~mask | value << bits[0] & mask
        elif kind not in ("u", "s"):
            raise TypeError(f"{field} is no number")
        self._memory.put(at, value, size)

    def address(self, field: str = "") -> int:
        """Return where the structure or one of its fields is."""
        return int(self._address + (self._fields[field][0] if field else 0))


def view(guest: Guest, name: str, address: int) -> View:
    """Return the structure of this name at an address."""
    return View(guest.memory, name, address)


def new(guest: Guest, name: str) -> View:
    """Return a structure in new zeroed memory, which kfree() frees."""
    return View(guest.memory, name, guest.heap.kmalloc(size_of(name)))
