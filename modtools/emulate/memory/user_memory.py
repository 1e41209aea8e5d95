"""The memory of the programs that call the kernel: the buffers that they read or write with, while they do so, and
where programs of the host call, all that they have.

From Linux 6.1: `arch/x86/include/asm/page_64_types.h: TASK_SIZE_MAX`, `include/asm-generic/access_ok.h`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.memory.address_space import USER
from modtools.emulate.stops import Exceeded
from modtools.emulate.symbols.structs import constant, has, view
from modtools.link.memory import PAGE, READ, WRITE, Elsewhere, Fault

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


TASK_SIZE_MAX = (1 << 47) - PAGE


def buffer(guest: Guest, size: int) -> int:
    """Map so many zeroed bytes of a program's memory; return their address. Raises Exceeded.

    Those of several programs lie side by side, with a page between them where nothing is.
    """
    length = mapped(guest.bounded(size))
    window = guest.memory.window(USER)
    assert window is not None
    gap = window.permissions.find(bytes(length // PAGE + 1))
    if gap < 0:
        raise Exceeded("the memory that programs have together")
    address = USER + (gap + 1) * PAGE if gap else USER
    guest.memory.map(address, length, READ | WRITE)
    guest.memory_changed()
    return address


def mapped(size: int) -> int:
    """Return how many bytes are mapped for a buffer of so many: whole pages, and one byte more at least."""
    return -(-(size + 1) // PAGE) * PAGE


def release(guest: Guest, address: int, size: int) -> None:
    """Unmap a program's buffer when it is needed no longer."""
    guest.memory.unmap(address, mapped(size))
    guest.memory_changed()


class Callers:
    """The memory of the program that is in a call now, by the program's own addresses. `programs` gives that of a
    thread by its number.
    """

    def __init__(self, guest: Guest, programs: Callable[[int], Elsewhere]) -> None:
        self._guest, self._programs = guest, programs

    def read(self, address: int, size: int) -> bytes:
        """Return bytes of the program's. Raises Fault."""
        return self._program(address, write=False).read(address, size)

    def write(self, address: int, data: bytes) -> None:
        """Write bytes into the program's memory. Raises Fault."""
        self._program(address, write=True).write(address, data)

    def _program(self, address: int, *, write: bool) -> Elsewhere:
        task = self._guest.scheduler.current
        if address >= TASK_SIZE_MAX or "ids" not in self._guest.table("tasks").get(task, {}):
            raise Fault(address, write=write)
        return self._programs(int(view(self._guest, "task_struct", task).pid))


def accessible(address: int, size: int) -> bool:
    """Return whether these bytes could be a program's (`access_ok()`)."""
    return size <= TASK_SIZE_MAX and address <= TASK_SIZE_MAX - size


def iterate(guest: Guest, address: int, buffer: int, size: int, *, source: bool) -> None:
    """Make an iterator over one stretch of a program's memory (`iov_iter_ubuf()`)."""
    row = view(guest, "iov_iter", address)
    row.iter_type, row.data_source = constant(guest, "ITER_UBUF"), int(source)
    if has(guest, "iov_iter", "user_backed"):  # until 6.6
        row.user_backed = 1
    row.ubuf, row.count = buffer, size
