"""What a module has given to the kernel to be found by others: an entry in a table, or a function put into a hook.

What is there would be used on behalf of programs, of which there are none, or by other modules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.linuxerrno import EEXIST

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


Handler = Callable[..., int]


def setting(place: str) -> Callable[[Guest, int], None]:
    """Return the function that keeps the one address of a place."""

    def store(guest: Guest, address: int) -> None:
        guest.table("hooks")[place] = address

    return store


def clearing(place: str) -> Callable[[Guest, int], None]:
    """Return the function that forgets the address of a place."""

    def clear(guest: Guest, _address: int) -> None:
        guest.table("hooks").pop(place, None)

    return clear


def registering(kind: str, *, name_at: int = -1, inline: int = 0, taken: int = EEXIST) -> Handler:
    """Return the function that registers an object by the text to which the pointer at `name_at` points, by the text
    there (`inline` bytes), or by its address. It returns 0, or `taken` as an error; it does not look at arguments
    behind the first.
    """

    def register(guest: Guest, address: int, *_others: int) -> int:
        key = _key(guest, address, name_at, inline)
        table = guest.table(f"registered {kind}")
        if key in table:
            return -taken
        table[key] = address
        return 0

    return register


def unregistering(kind: str, *, name_at: int = -1, inline: int = 0, absent: int = 0) -> Handler:
    """Return the function that unregisters an object by the key of `registering()`; that returns 0, or `absent` as an
    error.
    """

    def unregister(guest: Guest, address: int, *_others: int) -> int:
        found = guest.table(f"registered {kind}").pop(_key(guest, address, name_at, inline), None)
        return -absent if found is None else 0

    return unregister


def _key(guest: Guest, address: int, name_at: int, inline: int) -> int | str:
    if name_at < 0:
        return address
    return guest.text(address + name_at, inline) if inline else guest.text(guest.memory.u64(address + name_at))
