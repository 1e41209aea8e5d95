"""The numbers of the ELF format that the project uses.

Source: System V ABI, "Object Files" (gABI). `elf.py` has the layout of the tables, and reads them.
"""

from __future__ import annotations

import mmap

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final, TypeAlias

Buffer: TypeAlias = bytes | bytearray | memoryview | mmap.mmap

MAGIC: Final = b"\x7fELF"
ET_REL: Final = 1
EM_SPARC, EM_MIPS, EM_SPARCV9, EM_X86_64 = 2, 8, 43, 62
SHN_UNDEF, SHN_LORESERVE, SHN_ABS, SHN_COMMON = 0, 0xFF00, 0xFFF1, 0xFFF2
SHT_NULL, SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOTE, SHT_NOBITS, SHT_REL = 0, 1, 2, 3, 4, 7, 8, 9
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
STB_LOCAL, STB_GLOBAL, STB_WEAK = 0, 1, 2
STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE, STT_REGISTER = 0, 1, 2, 3, 4, 13
