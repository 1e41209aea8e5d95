"""The architectures that modules are built for, one row each.

Numbers of machines: the ELF gABI's and Linux's `include/uapi/linux/elf-em.h`. Where modules are placed: Linux's
`Documentation/arch/x86/x86_64/mm.rst` and the other architectures' memory layout documents; an architecture without an
entry of its own gets the 64-bit or 32-bit default, which no file format depends on.
"""

from __future__ import annotations

from modtools.light import NamedTuple

TOC = ".TOC."
"""The symbol of a module's own table of contents on 64-bit PowerPC, which its assembler leaves undefined."""


class Arch(NamedTuple):
    """What loading a module has to know of the processor.

    `machine` is `uname -m`, `elf_machines` the e_machine values that the kernel takes; `modules_base` is where the
    first module is placed without KASLR, `modules_area` the bytes of address space for all of them, `page` the page
    size in bytes, `small` the section flag for small data or 0. A section whose name begins with one of `init` is only
    there until init has returned: from Linux 6.12 `module_init_section()` in `kernel/module/main.c`,
    `arch/arm/kernel/module.c` and `arch/powerpc/kernel/module_64.c`. Where names are `dotted`, a dot in front of a
    symbol that a module needs does not count, and `.TOC.` is the module's own: `module_64.c: dedotify()`.
    """

    machine: str
    elf_machines: tuple[int, ...]
    bits: int
    little: bool
    modules_base: int
    page: int = 4096
    small: int = 0
    init: tuple[str, ...] = (".init",)
    dotted: bool = False
    modules_area: int = 1 << 30  # of x86-64: MODULES_LEN of `arch/x86/include/asm/pgtable_64_types.h` with KASLR

    def needed(self, symbol: str) -> str:
        """Return the name by which a symbol is looked for that a module needs; "" for one that is its own."""
        return symbol if not self.dotted else "" if symbol == TOC else symbol.removeprefix(".")

    @property
    def pointer(self) -> int:
        """Bytes of a pointer."""
        return self.bits // 8


_X86_64_BASE = 0xFFFFFFFFC0201000  # what Debian's 6.1.0-56-amd64 gives the first module without KASLR

_ARM_INIT = (".init", ".ARM.extab.init", ".ARM.exidx.init")

_ROWS = (
    Arch("x86_64", (62,), 64, True, _X86_64_BASE),
    Arch("i686", (3,), 32, True, 0xF8001000),
    Arch("aarch64", (183,), 64, True, 0xFFFF800001001000),
    Arch("armv7l", (40,), 32, True, 0xBF000000, init=_ARM_INIT),
    Arch("armv5tel", (40,), 32, True, 0xBF000000, init=_ARM_INIT),
    Arch("riscv64", (243,), 64, True, 0xFFFFFFFF01001000),
    Arch("s390x", (22,), 64, False, 0x3FF80001000),
    Arch("ppc64le", (21,), 64, True, 0xC008000000001000, init=(), dotted=True),
    Arch("ppc64", (21,), 64, False, 0xC008000000001000, init=(), dotted=True),
    Arch("ppc", (20,), 32, False, 0xF1001000),
    Arch("mips64el", (8,), 64, True, 0xFFFFFFFFC0001000),
    Arch("mips64", (8,), 64, False, 0xFFFFFFFFC0001000),
    Arch("mipsel", (8,), 32, True, 0xC0001000),
    Arch("mips", (8,), 32, False, 0xC0001000),
    Arch("loongarch64", (258,), 64, True, 0xFFFF800002001000),
    Arch("sparc64", (43,), 64, False, 0x10001000),
    Arch("parisc", (15,), 32, False, 0x8001000),
    Arch("m68k", (4,), 32, False, 0xD0001000),
    Arch("sh4", (42,), 32, True, 0xC0001000),
    Arch("alpha", (0x9026,), 64, True, 0xFFFFFE0000002000, small=0x10000000, page=8192),
    Arch("ia64", (50,), 64, True, 0xA000000200001000, small=0x10000000),
)

ARCHES: dict[str, Arch] = {row.machine: row for row in _ROWS}


def arch_of(machine: str) -> Arch:
    """The row of a `uname -m`. Raises KeyError with the known names."""
    try:
        return ARCHES[machine]
    except KeyError:
        raise KeyError(f"unknown architecture {machine!r}; known: {', '.join(ARCHES)}") from None


def arch_for_elf(elf_machine: int, bits: int, little: bool) -> Arch | None:
    """The architecture that an ELF header speaks of, or None."""
    for row in _ROWS:
        if elf_machine in row.elf_machines and row.bits == bits and row.little == little:
            return row
    return None
