"""One load in progress: what the steps of loading a module hand on to each other.

Stands for `struct load_info` (`kernel/module/internal.h`) in Linux 6.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from modtools.formats.elf import ElfFile, Section
from modtools.kernel.modules import LoadedModule
from modtools.kernel.runner import Runner
from modtools.kernel.state import Kernel
from modtools.link.layout import Layout
from modtools.module import Module


@dataclass(slots=True)
class Load:
    """Work in progress: `loaded` is what the module will be in the kernel, all else goes when it is loaded.

    `image` is the file's contents and shrinks by the signature; `flags` are those of finit_module(2); `label` is the
    name in .modinfo, which some messages use; `undo` takes back what was reserved, the last first. `not_run` says why
    `runner`, which the kernel has, is not used for this module. `versioned`: it has `__versions`; `extended`: its CRCs
    are taken from the extended tables.
    """

    kernel: Kernel
    image: bytes
    flags: int
    loaded: LoadedModule
    runner: Runner | None = None
    was_proprietary: bool = False
    not_run: str = ""
    signed: bool = False
    elf: ElfFile | None = None
    module: Module | None = None
    label: str = ""
    versioned: bool = False
    extended: bool = False
    versions: dict[str, int] | None = None
    sections: Sequence[Section] = ()
    layout: Layout | None = None
    addresses: dict[str, int | None] = field(default_factory=dict)
    undo: list[Callable[[], None]] = field(default_factory=list)

    @property
    def parsed(self) -> Module:
        """Return the module; to be asked only after its file has been taken apart."""
        assert self.module is not None
        return self.module
