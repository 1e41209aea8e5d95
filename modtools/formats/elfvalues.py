"""The values that an ELF file is taken apart into, and the numbers of the format that the project uses.

Source: System V ABI, "Object Files" (gABI). How the tables are laid out and read is told in `elf.py`.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

Buffer: TypeAlias = bytes | bytearray | memoryview | mmap.mmap

MAGIC: Final = b"\x7fELF"
ET_REL: Final = 1
EM_SPARC, EM_MIPS, EM_SPARCV9, EM_X86_64 = 2, 8, 43, 62
SHN_UNDEF, SHN_LORESERVE, SHN_ABS, SHN_COMMON = 0, 0xFF00, 0xFFF1, 0xFFF2
SHT_NULL, SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOTE, SHT_NOBITS, SHT_REL = 0, 1, 2, 3, 4, 7, 8, 9
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
STB_LOCAL, STB_GLOBAL, STB_WEAK = 0, 1, 2
STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE, STT_REGISTER = 0, 1, 2, 3, 4, 13


class Header(NamedTuple):
    """The ELF header. `shoff`, `phoff` are file offsets in bytes; `bits` and `little` are how the file was read."""

    bits: int
    little: bool
    type: int
    machine: int
    version: int
    entry: int
    phoff: int
    shoff: int
    flags: int
    ehsize: int
    phentsize: int
    phnum: int
    shentsize: int
    shnum: int
    shstrndx: int


class Section(NamedTuple):
    """A section header. `offset` and `size`, in bytes, are not checked against the file; `name` is "" for none."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody needs here
    name: str
    type: int
    flags: int
    addr: int
    offset: int
    size: int
    link: int
    info: int
    addralign: int
    entsize: int
    name_offset: int


class Symbol(NamedTuple):
    """A symbol. `shndx` is a section's index or one of the SHN_ constants, `value` then an offset in that section."""

    name: str
    value: int
    size: int
    bind: int
    type: int
    shndx: int
    other: int = 0


class Relocation(NamedTuple):
    """A relocation at `offset` of the section it applies to. `addend` is None where it stands in that place (REL)."""

    offset: int
    type: int
    symbol: int
    addend: int | None


_T = TypeVar("_T", bound=tuple[Any, ...])


def build(kind: type[_T], rows: Iterable[tuple[Any, ...]]) -> Iterator[_T]:
    """Return named tuples from complete rows, without their constructor's checks: millions are made in one run."""
    new: Callable[[type[_T], tuple[Any, ...]], _T] = tuple.__new__
    return map(new, repeat(kind), rows)
