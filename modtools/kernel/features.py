"""What differs between kernels, as far as loading a module asks for it.

A step asks for a feature and never compares releases. What kernels are known to differ in is decided in one place,
`features_of()`, from what the kernel's identity tells, so that nothing of it is stored. The rules are those of Linux
6.1 for every kernel; only which relocations a kernel knows goes by its own release (`link.machines`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from modtools.formats.elf import Section, Symbol
from modtools.kernel.taint import Taint
from modtools.link import layout
from modtools.link.arch import Arch, arch_of
from modtools.link.machines import relocations_of
from modtools.link.relocations import Relocations

LayOut = Callable[[Sequence[Section], Sequence[Symbol], Arch, bool], layout.Layout]
"""Takes the sections of a module, its whole symbol table, the processor, and whether all symbols are kept
(CONFIG_KALLSYMS_ALL); gives where each section lies and how large the parts are."""


class Features(NamedTuple):
    """What a kernel does in its own way.

    `rules` says in words whose rules these are. `name_offset` and `memory_offset` are offsets in bytes in `struct
    module`: of the name, and of the addresses of its memory, the first fields that the kernel writes, or 0 where that
    is not known. `lay_out` places sections in memory. `line_max` is how many bytes of text one message has:
    LOG_LINE_MAX less two for the level and one for the NUL. `no_struct_module` is what is said of a file without
    `struct module`, `oops` is how the kernel calls a page fault of its own, `empty_name` is where in the source it
    warns of a kobject without a name. A module with a taint that is not among `traceable` gets no trace events.
    `relocations` is what it does with the types of relocations; None: not known.
    """

    rules: str
    name_offset: int
    memory_offset: int
    lay_out: LayOut
    line_max: int
    no_struct_module: str
    oops: str
    empty_name: str
    traceable: frozenset[Taint]
    relocations: Relocations | None = None

    def judges(self, release: str) -> str:
        """Return in words whose rules judge the modules of a kernel of this release."""
        own = release.startswith(self.rules.removeprefix("Linux ") + ".")
        return self.rules if own else f"{self.rules}, whatever is different in {release}"


_NAME_OFFSETS = {64: 24, 32: 12}
"""Of the name in `struct module` (`include/linux/module.h`), by the bits of a pointer."""
_MEMORY_OFFSETS = {"x86_64": 0x150}
"""Of the memory there, by machine: that of Debian's 6.1.0-56-amd64."""

_LINUX_6_1 = partial(
    Features,
    rules="Linux 6.1",
    lay_out=layout.lay_out,
    line_max=989,
    no_struct_module="No module found in object",
    oops="Oops",
    empty_name="lib/kobject.c:210 kobject_add_internal+0x241/0x260",
    traceable=frozenset((Taint.CRAP, Taint.OOT_MODULE, Taint.UNSIGNED_MODULE, Taint.TEST)),
)
"""As Debian's 6.1.0-56-amd64 has them."""


@lru_cache(maxsize=8)
def features_of(machine: str, release: str, vermagic: str) -> Features:
    """Return the features of a kernel, from what is known of it. Raises KeyError for a machine that nobody knows."""
    return _LINUX_6_1(
        name_offset=_NAME_OFFSETS[arch_of(machine).bits],
        memory_offset=_MEMORY_OFFSETS.get(machine, 0),
        relocations=relocations_of(machine, release, vermagic),
    )
