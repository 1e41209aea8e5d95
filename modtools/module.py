"""A module: the meaning of a .ko file.

Sources: include/linux/module.h, include/linux/moduleparam.h, include/linux/export.h, scripts/mod/modpost.c. Layouts,
with numbers in the module's own byte order and pointers filled in by relocations:

    .gnu.linkonce.this_module   struct module: the name is at offset 24 (12 with 32 bits), in 56 (60) bytes
    __versions                  entries of 64 bytes: CRC as a pointer-sized number, name of the imported symbol
    __version_ext_crcs          since Linux 6.14: a 32-bit CRC for each name in
    __version_ext_names         names, each ended by a zero byte; these two have names that are too long for __versions
    __param                     entries of 40 (20) bytes: pointers to name, module and kernel_param_ops, 16 bits
                                permissions, 8 bits level, 8 bits flags, pointer to the argument

Everything is read when first asked for, and then raises FormatError if it is damaged.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from modtools import hostfile
from modtools.errors import FormatError
from modtools.formats import compression, ksymtab, modinfo
from modtools.formats.elf import ElfFile, Symbol, build
from modtools.formats.elfvalues import EM_SPARC, EM_SPARCV9, SHN_LORESERVE, SHN_UNDEF, STB_WEAK, STT_REGISTER, Buffer
from modtools.formats.ksymtab import Export
from modtools.formats.strtab import texts
from modtools.formats.symvers import GPL, PLAIN, SymversLine
from modtools.light import NamedTuple

__all__ = [
    "THIS_MODULE",
    "Export",
    "Import",
    "Module",
    "Param",
    "SectionOffset",
    "read_module",
    "struct_name",
    "versions_in",
]

THIS_MODULE = ".gnu.linkonce.this_module"
"""The section with a module's `struct module`."""
EXTENDED_CRCS, EXTENDED_NAMES = "__version_ext_crcs", "__version_ext_names"
_VERSION_SIZE = 64
_PARAMS_LIMIT = 1 << 14
_STRING_LIMIT = 1 << 12


class Import(NamedTuple):
    """A symbol that the module wants from others; it can do without a weak one."""

    name: str
    weak: bool


class SectionOffset(NamedTuple):
    """`offset` bytes into the section of this index."""

    section: int
    offset: int


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter. `perm` are mode bits of its file in /sys, 0 for none; `ops` is the symbol of its kernel_param_ops.

    `arg` is where its variable (or struct kparam_array, kparam_string) lies, None if that is not in the module.
    """

    name: str
    perm: int
    level: int
    flags: int
    ops: str
    arg: SectionOffset | None
    index: int


@dataclass(frozen=True, eq=False)
class Module:
    """A module file. `ElfFile` is its bytes; this is their meaning."""

    elf: ElfFile

    @classmethod
    def from_bytes(cls, data: Buffer, bits: int | None = None, little: bool | None = None) -> Module:
        """Read a module that is not compressed. Raises FormatError for no ELF file, or no whole section headers."""
        return cls(ElfFile.open(data, bits, little))

    @cached_property
    def modinfo(self) -> tuple[tuple[str, str], ...]:
        """The pairs of .modinfo in their order, none without this section."""
        return modinfo.fields(self.elf.read(".modinfo"))

    def info(self, key: str) -> str | None:
        """Return the first value of a key of .modinfo."""
        return next((value for name, value in self.modinfo if name == key), None)

    def infos(self, key: str) -> tuple[str, ...]:
        """Return all values of a key of .modinfo, in their order: `alias`, `softdep`, `firmware`, ..."""
        return tuple(value for name, value in self.modinfo if name == key)

    @property
    def vermagic(self) -> str | None:
        """Release and options of the kernel that the module was built for."""
        return self.info("vermagic")

    @property
    def licenses(self) -> tuple[str, ...]:
        """The values of MODULE_LICENSE(), usually one."""
        return self.infos("license")

    @property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces whose symbols the module may use (MODULE_IMPORT_NS)."""
        return self.infos("import_ns")

    @cached_property
    def name(self) -> str:
        """The name in struct module, which is the kernel's only name for it; "" without struct module."""
        return struct_name(self.elf.read(THIS_MODULE), self.elf.header.bits)

    @cached_property
    def exports(self) -> tuple[Export, ...]:
        """The exported symbols, sorted by name as the linker did, GPL-only ones after all others."""
        return ksymtab.exports(self.elf)

    @cached_property
    def flagged_exports(self) -> tuple[Export, ...]:
        """The exports without those in a table of their own for GPL-only ones, which newer kernels do not look at."""
        return ksymtab.flagged_exports(self.elf)

    @property
    def exports_without_crcs(self) -> bool:
        """Whether a table of exports has no table of CRCs beside it."""
        return ksymtab.lack_crcs(self.elf)

    def symvers(self, path: str) -> list[SymversLine]:
        """Return what kbuild writes to Module.symvers for this module, when it builds it under this path.

        modpost goes through the symbols __ksymtab_NAME; where they were stripped, the order is that of the tables.
        """
        tables = [section.index for section in self.elf.sections if section.name.startswith("__ksymtab")]
        marks = (symbol.name for symbol in self.elf.symbols_in(tables))
        places = {mark.removeprefix("__ksymtab_"): place for place, mark in enumerate(marks)}
        ordered = sorted(self.exports, key=lambda export: places.get(export.name, len(places)))
        named = path.removesuffix(".ko")
        return [
            SymversLine(export.crc or 0, export.name, named, GPL if export.gpl else PLAIN, export.namespace)
            for export in ordered
        ]

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """The undefined symbols in the order of the symbol table."""
        sparc = self.elf.header.machine in (EM_SPARC, EM_SPARCV9)
        rows = [
            (name, bind == STB_WEAK)
            for name, bind, kind in self.elf.undefined()
            if name and not (sparc and kind == STT_REGISTER)
        ]
        return tuple(build(Import, rows))

    @property
    def versions(self) -> tuple[tuple[str, int], ...]:
        """Name and CRC of each imported symbol, from the extended tables where the module has them."""
        return self.extended_versions if self.elf.section(EXTENDED_CRCS) else self.basic_versions

    @cached_property
    def basic_versions(self) -> tuple[tuple[str, int], ...]:
        """Name and CRC of each imported symbol in `__versions`.

        A CRC is as wide as a pointer there, and the kernel compares all of it.
        """
        return tuple(versions_in(self.elf.read("__versions"), self.elf.header.bits, self._code("")))

    @cached_property
    def extended_versions(self) -> tuple[tuple[str, int], ...]:
        """Name and CRC of each imported symbol in the tables that have names of any length."""
        crcs, names = self.elf.read(EXTENDED_CRCS), self.elf.read(EXTENDED_NAMES)
        values = (crc for (crc,) in struct.iter_unpack(self._code("I"), crcs[: len(crcs) & ~3]))
        return tuple(zip(texts(names.split(b"\0")[:-1]), values, strict=False))

    def _code(self, code: str) -> str:
        """Return a `struct` code with the module's byte order."""
        return ("<" if self.elf.header.little else ">") + code

    @cached_property
    def params(self) -> tuple[Param, ...]:
        """The parameters in the order of __param. Raises FormatError for more than a module can have."""
        section = self.elf.section("__param")
        if not section:
            return ()
        record = struct.Struct(self._code("24xHbB4x8x" if self.elf.header.bits == 64 else "12xHbB4x"))
        table = self.elf.contents(section)
        if len(table) // record.size > _PARAMS_LIMIT:
            raise FormatError(f"{len(table) // record.size} parameters, more than a module can have", section.offset)
        rows = record.iter_unpack(table[: len(table) - len(table) % record.size])
        return tuple(self._param(section.index, index, record.size, *row) for index, row in enumerate(rows))

    def _param(self, section: int, index: int, size: int, perm: int, level: int, flags: int) -> Param:
        """Return the parameter that the entry `index` of __param describes."""
        start, width = index * size, self.elf.header.bits // 8
        name, ops, arg = (self.pointer(section, start + place) for place in (0, 2 * width, size - width))
        return Param(
            name=self._string(_place(*name)) if name else "",
            perm=perm,
            level=level,
            flags=flags,
            ops=ops[0].name if ops else "",
            arg=_place(*arg) if arg else None,
            index=index,
        )

    def _string(self, place: SectionOffset | None) -> str:
        """Return the string at a place, "" for none. Raises FormatError if it is not in its section, or endless."""
        if not place or place.section >= len(self.elf.sections):
            return ""
        section = self.elf.sections[place.section]
        room = min(section.size - place.offset, _STRING_LIMIT)
        content = self.elf.span(section, place.offset, room)
        if room == _STRING_LIMIT and b"\0" not in content:
            raise FormatError(f"a string longer than {_STRING_LIMIT} bytes", section.offset + place.offset)
        return _text(content)

    def pointer(self, section: int, offset: int) -> tuple[Symbol, int] | None:
        """Return symbol and addend of the relocation at `offset` bytes of a section, None if there is none."""
        table = self.elf.sections[section]
        reloc = self.elf.relocated(table).get(offset)
        return (self.elf.symbols_at((reloc.symbol,))[0], self.elf.addend(table, reloc)) if reloc else None

    @cached_property
    def _this_module_names(self) -> frozenset[str]:
        """The symbols that struct module points to."""
        section = self.elf.section(THIS_MODULE)
        relocs = self.elf.relocated(section).values() if section else ()
        return frozenset(symbol.name for symbol in self.elf.symbols_at(reloc.symbol for reloc in relocs))

    @property
    def has_init(self) -> bool:
        """Whether loading the module runs a function."""
        return "init_module" in self._this_module_names

    @property
    def has_exit(self) -> bool:
        """Whether the module can be unloaded; without init and exit it can, too."""
        return "cleanup_module" in self._this_module_names


def struct_name(content: bytes, bits: int) -> str:
    """Return the name in a module's `struct module`, "" where it ends before."""
    start, size = (24, 56) if bits == 64 else (12, 60)
    return _text(content[start : start + size])


def versions_in(table: bytes, bits: int, order: str) -> Iterator[tuple[str, int]]:
    """Return name and CRC of each whole entry of __versions. `order` is that of bytes, as `struct` writes it."""
    rows = list(struct.iter_unpack(order + ("Q56s" if bits == 64 else "I60s"), table[: len(table) & -_VERSION_SIZE]))
    names = texts([name.partition(b"\0")[0] for _, name in rows])
    return zip(names, [crc for crc, _ in rows], strict=True)


def _place(symbol: Symbol, addend: int) -> SectionOffset | None:
    """Return where in the module a pointer points to, None for places outside."""
    if symbol.shndx == SHN_UNDEF or symbol.shndx >= SHN_LORESERVE:
        return None
    return SectionOffset(symbol.shndx, symbol.value + addend)


def _text(content: bytes) -> str:
    """Return the string at the beginning of `content`, up to its first zero byte or end."""
    return str(content.partition(b"\0")[0], "utf-8", "surrogateescape")


def read_module(path: str | Path, limit: int = compression.LIMIT) -> Module:
    """Read a module file, compressed or not.

    It is read whole: mapping it would save little, and a file that is cut meanwhile would end the program by a signal.
    Raises OSError if it cannot be opened, or is no regular file of at most `limit` bytes, FormatError for no module.
    """
    return Module.from_bytes(compression.decompress(hostfile.read(path, limit)))
