"""Who has which I/O ports and which memory: the tree of `struct resource`, as far as anybody looks at it.

From Linux 6.1: `kernel/resource.c: __request_region_locked(), r_show()`. What the machine and the kernel have is told
by the hardware and the kernel's symbols; `regions` has what modules have reserved: (root, first, last) -> address of
the `struct resource`. The table `known regions` has the structures that were made of the machine's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import resources
from modtools.emulate.symbols import kallsyms
from modtools.emulate.symbols.structs import new, view
from modtools.errors import KernelError
from modtools.link.memory import Fault
from modtools.linuxerrno import EIO
from modtools.profiles.hardware import Reserved

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


PORTS, MEMORY = "ioport_resource", "iomem_resource"
_KERNEL = (
    ("_text", "_etext", "Kernel code"), ("__start_rodata", "__end_rodata", "Kernel rodata"),
    ("_sdata", "_edata", "Kernel data"), ("__bss_start", "__bss_stop", "Kernel bss"),
)  # fmt: skip
"""The parts of the kernel's image, from one symbol to another."""
_IMAGE = 0xFFFFFFFF80000000
"""What lies at physical address 0 if the kernel's image is where it was linked to."""


def _image(guest: Guest) -> list[Reserved]:
    if not guest.kernel.sources.kallsyms():
        return []
    ends = [(kallsyms.find(guest, first) - _IMAGE, kallsyms.find(guest, last) - _IMAGE) for first, last, _ in _KERNEL]
    return [Reserved(*(end[0], end[1] - 1), row[2], busy=True) for end, row in zip(ends, _KERNEL, strict=True)]


def known(guest: Guest, root: str) -> list[Reserved]:
    """Return what the machine and the kernel have of ports or memory, what contains another before it."""
    rows = [*guest.hardware.ioports] if root == PORTS else [*guest.hardware.iomem, *_image(guest)]
    return sorted(rows, key=lambda row: (row.first, -row.last))


def _reserved(guest: Guest, root: str) -> list[Reserved]:
    """Return what modules have reserved of ports or memory."""
    above = guest.address_of(root)
    found = [(first, last, row) for (parent, first, last), row in guest.table("regions").items() if parent == above]
    return [
        Reserved(first, last, guest.text(view(guest, "resource", row).name), busy=True) for first, last, row in found
    ]


def within(guest: Guest, root: str, first: int, last: int) -> Reserved | None:
    """Return the innermost region in which a range lies that a driver may reserve, as the root if it lies in none;
    None for a range that is not free.
    """
    inner = Reserved(0, (1 << 64) - 1, "")
    for row in [*known(guest, root), *_reserved(guest, root)]:
        if row.first <= last and first <= row.last:
            if row.busy or not row.first <= first <= last <= row.last:
                return None
            inner = row
    return inner


def structure(guest: Guest, root: str, row: Reserved) -> int:
    """Return the `struct resource` of a region of the machine's, which is made at first use."""
    if not row.name:
        return guest.address_of(root)
    table = guest.table("known regions")
    if (root, row.first, row.last) not in table:
        made = new(guest, "resource")
        made.start, made.end, made.name = row.first, row.last, guest.new_text(row.name.encode())
        made.flags = (resources.PORTS if root == PORTS else resources.MEMORY) | resources.BUSY * row.busy
        made.parent = guest.address_of(root)
        table[root, row.first, row.last] = made.address()
    return int(table[root, row.first, row.last])


def show(guest: Guest, root: str) -> str:
    """Return the text of /proc/ioports or /proc/iomem. Raises KernelError where a name is gone with its module: there
    the kernel oopses.
    """
    try:
        own = _reserved(guest, root)
    except Fault:
        raise KernelError(EIO) from None
    rows = sorted([*known(guest, root), *own], key=lambda row: (row.first, -row.last))
    width, lines, above = 4 if root == PORTS else 8, [], list[Reserved]()
    for row in rows:
        while above and above[-1].last < row.first:
            above.pop()
        lines.append(f"{'  ' * len(above)}{row.first:0{width}x}-{row.last:0{width}x} : {row.name}\n")
        above.append(row)
    return "".join(lines)


def show_ports(guest: Guest) -> str:
    """Return the text of /proc/ioports."""
    return show(guest, PORTS)


def show_memory(guest: Guest) -> str:
    """Return the text of /proc/iomem."""
    return show(guest, MEMORY)
