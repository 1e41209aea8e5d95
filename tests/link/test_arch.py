"""The table of architectures, compared with pyelftools' names of machines and with Linux's own Makefiles."""

from __future__ import annotations

import pytest
from elftools.elf.enums import ENUM_E_MACHINE

from modtools.link.arch import ARCHES, arch_for_elf, arch_of

LINUX = {
    "x86_64": ("EM_X86_64", 64, "little"),
    "i686": ("EM_386", 32, "little"),
    "aarch64": ("EM_AARCH64", 64, "little"),
    "armv7l": ("EM_ARM", 32, "little"),
    "armv5tel": ("EM_ARM", 32, "little"),
    "riscv64": ("EM_RISCV", 64, "little"),
    "s390x": ("EM_S390", 64, "big"),
    "ppc64le": ("EM_PPC64", 64, "little"),
    "ppc64": ("EM_PPC64", 64, "big"),
    "ppc": ("EM_PPC", 32, "big"),
    "mips64el": ("EM_MIPS", 64, "little"),
    "mips64": ("EM_MIPS", 64, "big"),
    "mipsel": ("EM_MIPS", 32, "little"),
    "mips": ("EM_MIPS", 32, "big"),
    "loongarch64": ("EM_LOONGARCH", 64, "little"),
    "sparc64": ("EM_SPARCV9", 64, "big"),
    "parisc": ("EM_PARISC", 32, "big"),
    "m68k": ("EM_68K", 32, "big"),
    "sh4": ("EM_SH", 32, "little"),
    "alpha": (0x9026, 64, "little"),
    "ia64": ("EM_IA_64", 64, "little"),
}
"""ELF_ARCH, ELF_CLASS and ELF_DATA of `arch/*/include/asm/elf.h`. Alpha's number is in no list of ELF's."""


def test_every_architecture_is_compared() -> None:
    """No row is without its reference."""
    assert LINUX.keys() == ARCHES.keys()


@pytest.mark.parametrize("machine", LINUX)
def test_a_row_is_what_linux_checks(machine: str) -> None:
    """Number, class and byte order are those of the machine's `elf_check_arch()`, and lead back to a row like it."""
    name, bits, order = LINUX[machine]
    number = int(ENUM_E_MACHINE.get(name, name))
    row = arch_of(machine)
    assert (row.elf_machines, row.bits, row.little) == ((number,), bits, order == "little")
    assert row.pointer * 8 == bits
    found = arch_for_elf(number, bits, order == "little")
    assert found is not None
    assert found.elf_machines == row.elf_machines


def test_what_no_linux_runs_on_has_no_row() -> None:
    """A number, class or byte order that no row has is none of them."""
    assert arch_for_elf(62, 64, False) is None
    assert arch_for_elf(62, 32, True) is None
    assert arch_for_elf(1, 64, True) is None


def test_pages_small_data_and_where_modules_are() -> None:
    """Pages of Alpha are 8 KiB, `SHF_ALPHA_GPREL` and `SHF_IA_64_SHORT` mean small data; a module begins on a page."""
    for machine, row in ARCHES.items():
        assert row.page == (8192 if machine == "alpha" else 4096), machine
        assert row.small == (0x10000000 if machine in ("alpha", "ia64") else 0), machine
        assert row.modules_base % row.page == 0, machine
        assert row.modules_base.bit_length() <= row.bits, machine
    assert ARCHES["x86_64"].modules_area == 1 << 30
    assert [machine for machine, row in ARCHES.items() if row.dotted] == ["ppc64le", "ppc64"]
