"""The kernel's structures, as views of memory: `view(guest, "miscdevice", address).minor`.

Layouts are those of the profile of the kernel that runs (`modtools.profiles.structures`). A field that is a number or a
pointer reads and writes as an int; one that is a structure gives a view of it; of anything else, `address` says where
it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.profiles.structures import Layout, Structures, UnknownLayout

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.link.memory import Memory


_NUMBERS = frozenset("usb")


def layout(guest: Guest, name: str) -> Layout:
    """Return size and fields of a structure. Raises KeyError for one whose layout is not known."""
    return guest.structures.layout(name)


def size_of(guest: Guest, name: str) -> int:
    """Return the size of a structure in bytes."""
    return guest.structures.size_of(name)


def offset_of(guest: Guest, name: str, field: str) -> int:
    """Return where a field begins, in bytes; `a.b` is a field of a structure inside."""
    return guest.structures.offset_of(name, field)


def has(guest: Guest, name: str, field: str = "") -> bool:
    """Return whether this kernel has a structure, and a field of it: what else a kernel calls it, another has."""
    return guest.structures.has(name, field)


def constant(guest: Guest, name: str, otherwise: int | None = None) -> int:
    """Return the value that a member of an enum has in this kernel; `otherwise` in a kernel where it is none.

    Raises UnknownLayout if that is not given.
    """
    value = guest.structures.constants.get(name, otherwise)
    if value is None:
        raise UnknownLayout(name)
    return value


class View:
    """A structure in memory, whose fields are read and written as attributes."""

    __slots__ = ("_address", "_fields", "_memory", "_structures")

    def __init__(self, memory: Memory, structures: Structures, name: str, address: int) -> None:
        object.__setattr__(self, "_memory", memory)
        object.__setattr__(self, "_structures", structures)
        object.__setattr__(self, "_fields", structures.layout(name).fields)
        object.__setattr__(self, "_address", address)

    def __getattr__(self, field: str) -> Any:
        offset, size, kind, *bits = self._fields[field]
        at = self._address + offset
        if kind == "":
            raise TypeError(f"{field} is neither a number nor a structure: use address()")
        if kind not in _NUMBERS:
            return View(self._memory, self._structures, kind, at)
        value = int.from_bytes(self._memory.read(at, size), "little", signed=kind == "s")
        return value >> bits[0] & (1 << bits[1]) - 1 if bits else value

    def __setattr__(self, field: str, value: int) -> None:
        offset, size, kind, *bits = self._fields[field]
        at = self._address + offset
        if bits:
            mask = (1 << bits[1]) - 1 << bits[0]
            before = int.from_bytes(self._memory.read(at, size), "little")
            value = before & ~mask | value << bits[0] & mask
        elif kind not in _NUMBERS:
            self._set_only(field, kind, at, value)
            return
        self._memory.put(at, value, size)

    def _set_only(self, field: str, kind: str, at: int, value: int) -> None:
        """Set the one number that a structure has, as `refcount_t`: in other kernels it is that number."""
        inside = self._structures.layout(kind).fields if kind else {}
        if len(inside) != 1:
            raise UnknownLayout(f"{self._fields.structure}.{field} as a number")
        setattr(View(self._memory, self._structures, kind, at), next(iter(inside)), value)

    def address(self, field: str = "") -> int:
        """Return where the structure or one of its fields is."""
        return int(self._address + (self._fields[field][0] if field else 0))


def view(guest: Guest, name: str, address: int) -> View:
    """Return the structure of this name at an address."""
    return View(guest.memory, guest.structures, name, address)


def new(guest: Guest, name: str) -> View:
    """Return a structure in new zeroed memory, which kfree() frees."""
    return View(guest.memory, guest.structures, name, guest.heap.kmalloc(size_of(guest, name)))
