"""Module files for the tests of the reader, and pyelftools as what its answers are compared with."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile
from elftools.elf.enums import (
    ENUM_E_MACHINE,
    ENUM_E_TYPE,
    ENUM_E_VERSION,
    ENUM_SH_TYPE_ARM,
    ENUM_SH_TYPE_BASE,
    ENUM_SH_TYPE_MIPS,
    ENUM_SH_TYPE_RISCV,
    ENUM_ST_INFO_BIND,
    ENUM_ST_INFO_TYPE,
    ENUM_ST_SHNDX,
)
from elftools.elf.relocation import RelocationSection
from elftools.elf.sections import SymbolTableSection

from modtools.formats.elf import ElfFile, Header, Relocation, Section, Symbol

DATA = Path(__file__).parent / "data"
SAMPLES = sorted((DATA / "samples").glob("*.ko"))
KO = Path(__file__).parent / "transcripts/ko"

_TYPES = ENUM_SH_TYPE_BASE | ENUM_SH_TYPE_ARM | ENUM_SH_TYPE_MIPS | ENUM_SH_TYPE_RISCV
_FIELDS = ("sh_flags", "sh_addr", "sh_offset", "sh_size", "sh_link", "sh_info", "sh_addralign", "sh_entsize", "sh_name")
_HEADER = ("entry", "phoff", "shoff", "flags", "ehsize", "phentsize", "phnum", "shentsize", "shnum", "shstrndx")


def _number(meanings: dict[str, Any], value: Any) -> int:
    """The number that pyelftools named, or did not."""
    return int(meanings[value] if isinstance(value, str) else value)


_VISIBILITIES = {"STV_DEFAULT": 0, "STV_INTERNAL": 1, "STV_HIDDEN": 2, "STV_PROTECTED": 3}


class Theirs:
    """A file as pyelftools reads it, in the words of modtools.formats."""

    def __init__(self, data: bytes) -> None:
        self._elf = ELFFile(BytesIO(data))
        self._sections = list(self._elf.iter_sections())

    @property
    def header(self) -> Header:
        """The ELF header."""
        return Header(
            self._elf.elfclass,
            self._elf.little_endian,
            _number(ENUM_E_TYPE, self._elf["e_type"]),
            _number(ENUM_E_MACHINE, self._elf["e_machine"]),
            _number(ENUM_E_VERSION, self._elf["e_version"]),
            *(self._elf[f"e_{name}"] for name in _HEADER),
        )

    @property
    def sections(self) -> list[Section]:
        """The section headers."""
        return [
            Section(index, section.name, _number(_TYPES, section["sh_type"]), *(section[field] for field in _FIELDS))
            for index, section in enumerate(self._sections)
        ]

    @property
    def symbols(self) -> list[Symbol]:
        """The symbols of the symbol table."""
        (table,) = (section for section in self._sections if isinstance(section, SymbolTableSection))
        return [
            Symbol(
                symbol.name,
                symbol["st_value"],
                symbol["st_size"],
                _number(ENUM_ST_INFO_BIND, symbol["st_info"]["bind"]),
                _number(ENUM_ST_INFO_TYPE, symbol["st_info"]["type"]),
                _number(ENUM_ST_SHNDX, symbol["st_shndx"]),
                symbol.entry.st_other.local << 5 | _VISIBILITIES[symbol["st_other"]["visibility"]],
            )
            for symbol in table.iter_symbols()
        ]

    def relocations(self, most: int | None = None) -> dict[int, list[Relocation]]:
        """The entries of each relocation section, by its index; of sections with at most `most` entries."""
        return {
            index: [
                Relocation(
                    entry["r_offset"],
                    entry["r_info_type"],
                    entry["r_info_sym"],
                    entry["r_addend"] if table.is_RELA() else None,
                )
                for entry in table.iter_relocations()
            ]
            for index, table in enumerate(self._sections)
            if isinstance(table, RelocationSection) and (most is None or table.num_relocations() <= most)
        }


def patched(data: bytes, offset: int, code: str, value: int) -> bytes:
    """A copy with another number at an offset."""
    copy = bytearray(data)
    struct.pack_into(code, copy, offset, value)
    return bytes(copy)


def section_field(elf: ElfFile, name: str, field: str) -> int:
    """The file offset of a field of a section's header, in a 64-bit file."""
    section = elf.section(name)
    assert section
    offsets = {"type": 4, "flags": 8, "offset": 24, "size": 32, "link": 40, "info": 44}
    return elf.header.shoff + 64 * section.index + offsets[field]
