"""Where each processor's variables are, and how a per-cpu pointer leads to them.

A per-cpu pointer is the address at which the linker put a variable, and leads to the processor's copy by what is added
to it, which is in GS. On x86-64 the linker put them at 0, until Linux commit 9d7de2aa8b41 "x86/percpu/64: Use relative
percpu offsets" (v6.15) let them lie among the kernel's other data.

Linux 6.2 put those that the emulator itself looks at, the current task and the preempt counter, into one structure, the
variable `pcpu_hot` (Linux commit e57ef2ed97c1 "x86: Put hot per CPU variables into a struct"), and 6.15 took it apart
again. The kernel's symbols tell which it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.memory.address_space import PER_CPU
from modtools.emulate.symbols.structs import offset_of
from modtools.integers import MASK64
from modtools.light import NamedTuple
from modtools.link.layout import align
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.profiles import Profile

GATHERED = "pcpu_hot"
"""The variable that has several of them, and the structure that it is."""


class Area(NamedTuple):
    """The addresses at which the linker put the kernel's per-cpu variables: the first, and the one behind the last."""

    start: int
    end: int

    @property
    def offset(self) -> int:
        """Return what is added to a per-cpu pointer on the only processor, without sign."""
        return PER_CPU - self.start & MASK64

    @property
    def size(self) -> int:
        """Return how many bytes of a processor's area are the kernel's own; those of modules follow."""
        return align(self.end - self.start, PAGE)

    def holds(self, pointer: int) -> bool:
        """Return whether a symbol with this address is a per-cpu variable of the kernel."""
        return self.start <= pointer < self.end

    def here(self, pointer: int) -> int:
        """Return the address of the only processor's copy of what a per-cpu pointer points to."""
        return pointer + self.offset & MASK64

    def pointer(self, address: int) -> int:
        """Return the per-cpu pointer whose copy for the only processor lies at an address."""
        return address - self.offset & MASK64


STACK_CANARY = 0x5A17C0DE7F3B9100
"""What guards the stacks. Before 6.15 compilers looked for it at a fixed place of the area, and since at a variable:
Linux commit 80d47defddc0 "x86/stackprotector/64: Convert to normal per-CPU variable" (v6.15).
"""
STACK_CANARY_AT = 0x28

_AT_ZERO = Area(0, 0x3A000)


def area_of(profile: Profile) -> Area:
    """Return where a kernel's per-cpu variables were put."""
    memory = profile.memory
    return Area(memory.per_cpu, memory.per_cpu_end) if memory and memory.per_cpu_end else _AT_ZERO


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
