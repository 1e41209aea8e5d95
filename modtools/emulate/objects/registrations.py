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
Key = Callable[["Guest", int], int | str]
"""Tells by what an object at an address is known."""


def setting(place: str) -> Callable[[Guest, int], None]:
    """Return a function that notes an address as the only one at `place`, such as a handler that a module sets."""

    def store(guest: Guest, address: int) -> None:
        guest.table("hooks")[place] = address

    return store


def clearing(place: str) -> Callable[[Guest, int], None]:
    """Return a function that forgets the address noted at `place`."""

    def clear(guest: Guest, _address: int) -> None:
        guest.table("hooks").pop(place, None)

    return clear


def by_address(_guest: Guest, address: int) -> int:
    """Return the address of an object, by which it is known."""
    return address


def registering(kind: str, key: Key = by_address, *, taken: int = EEXIST) -> Handler:
    """Return the function that registers an object by its key; that returns 0, or `taken` as an error, and does not
    look at arguments behind the first.
    """

    def register(guest: Guest, address: int, *_others: int) -> int:
        own = key(guest, address)
        table = guest.table(f"registered {kind}")
        if own in table:
            return -taken
        table[own] = address
        return 0

    return register


def unregistering(kind: str, key: Key = by_address, *, absent: int = 0) -> Handler:
    """Return the function that unregisters an object by its key; that returns 0, or `absent` as an error."""

    def unregister(guest: Guest, address: int, *_others: int) -> int:
        found = guest.table(f"registered {kind}").pop(key(guest, address), None)
        return -absent if found is None else 0

    return unregister
