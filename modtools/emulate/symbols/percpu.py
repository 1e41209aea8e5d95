"""Where the variables of the processor are that the emulator itself looks at: the current task, the preempt counter.

Linux 6.2 put them into one structure, the variable `pcpu_hot` (Linux commit e57ef2ed97c1 "x86: Put hot per CPU
variables into a struct"), and 6.15 took it apart again. The kernel's exports tell which it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import offset_of

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

GATHERED = "pcpu_hot"
"""The variable that has several of them, and the structure that it is."""


def used(guest: Guest, name: str) -> int | None:
    """Return the address of a variable, None where nobody has asked for it yet; `name` is as in the processor's
    `Abi`.
    """
    variables = guest.table("variables")
    if not _is_gathered(guest, name):
        return variables.get(name)
    base = variables.get(GATHERED)
    return None if base is None else base + offset_of(guest, GATHERED, guest.abi.gathered[name])


def need(guest: Guest, name: str) -> None:
    """Fill a variable, unless it is filled already."""
    guest.address_of(GATHERED if _is_gathered(guest, name) else name)


def _is_gathered(guest: Guest, name: str) -> bool:
    return name in guest.abi.gathered and guest.profile.exports.get(GATHERED) is not None
