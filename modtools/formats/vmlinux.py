"""The memory of a kernel that is not running: bytes, numbers and texts of an unpacked image by their address.

Source: System V ABI, "Object Files" (gABI), of which a linked kernel is an ELF file with or without section headers;
Documentation/arch/arm64/booting.rst for an Image, which is memory from its first byte on and names no address
(rawimage.py). Where the tables that the linker makes begin and end, its table of symbols tells.
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import Final

from modtools.errors import FormatError
from modtools.formats import kallsymtable, kernelimage, rawimage
from modtools.formats.elf import Header, Section, read_header, read_sections
from modtools.formats.elfvalues import SHF_ALLOC, SHF_EXECINSTR, SHT_NOBITS
from modtools.light import NamedTuple

PT_LOAD: Final = 1
_TABLE_NAMES: Final = {".BTF": ("__start_BTF", "__stop_BTF")}
_LONGEST: Final = 1 << 16


class Part(NamedTuple):
    """Memory from `address` on: `filled` bytes of the file from `offset` on, then zeros up to `size`."""

    address: int
    size: int
    offset: int
    filled: int
    code: bool = False


class Vmlinux:
    """A kernel image, unpacked; `data` is as much of the file as comes into memory.

    Methods raise FormatError for what the image does not have.
    """

    def __init__(self, image: kernelimage.Unpacked) -> None:
        self.data = image.data
        self._parts: list[Part] = []
        self._sections: dict[str, Part] = {}
        self._raw: rawimage.Kind | None = None
        if image.kind == "elf":
            header = read_header(self.data)
            self.bits, self.little, self.machine = header.bits, header.little, header.machine
            self._read_elf(header)
        else:
            self._read_raw(rawimage.KINDS[image.kind])
        self.word = self.bits // 8
        self._order = "<>"[not self.little]

    def _read_elf(self, header: Header) -> None:
        """Note the memory that sections take; that of segments where there are no headers of sections."""
        sections = read_sections(self.data, header) if header.shnum else ()
        for section in sections:
            if section.flags & SHF_ALLOC:
                part = self._part_of(section)
                self._sections.setdefault(section.name, part)
                self._parts.append(part)
        if not self._parts:
            self._parts = self._segments(header)
        end = max((part.offset + part.filled for part in self._parts), default=0)
        if end < len(self.data):  # what comes behind, as information for debuggers, may be ten times as long
            self.data = self.data[:end]

    def _read_raw(self, kind: rawimage.Kind) -> None:
        """Note the memory of a kernel that is in the image as it is, and zeros behind it."""
        self.bits, self.little, self.machine, self._raw = kind.bits, kind.little, kind.machine, kind
        size = struct.unpack_from("<Q", self.data, 0x10)[0] if kind.sized else 0
        size = max(len(self.data), min(size, kernelimage.LARGEST))
        address = rawimage.linked_at(self.data, kind, size)
        self._parts = [Part(address, size, 0, len(self.data), code=True)]

    def _part_of(self, section: Section) -> Part:
        filled = 0 if section.type == SHT_NOBITS else section.size
        if section.offset + filled > len(self.data):
            raise FormatError(f"section {section.name} ends outside of the image", section.offset)
        return Part(section.addr, section.size, section.offset, filled, bool(section.flags & SHF_EXECINSTR))

    def _segments(self, header: Header) -> list[Part]:
        wide = header.bits == 64
        record = struct.Struct("<>"[not header.little] + ("2I6Q" if wide else "8I"))
        found = []
        for number in range(header.phnum):
            at = header.phoff + number * header.phentsize
            if at + record.size > len(self.data):
                raise FormatError("the program headers end outside of the image", at)
            row = record.unpack_from(self.data, at)
            kind, flags = row[0], row[1] if wide else row[6]
            offset, address, _, filled, size = row[2:7] if wide else row[1:6]
            if kind == PT_LOAD:
                if offset + filled > len(self.data):
                    raise FormatError(f"segment {number} ends outside of the image", at)
                found.append(Part(address, size, offset, filled, bool(flags & 1)))
        return found

    @cached_property
    def kallsyms(self) -> list[kallsymtable.Row]:
        """Address, letter and name of all symbols, in the order of /proc/kallsyms."""
        text = min((part.address for part in self._parts if part.code and part.address), default=0)
        memory = kallsymtable.Memory(text, self._address_of, self._relocated)
        rows = kallsymtable.read(self.data, self.bits, self.little, memory)
        if self._raw and not self._raw.sized:
            self._reach(max((address for address, _, name in rows if name == "_end"), default=0))
        return rows

    def _reach(self, end: int) -> None:
        """Let zeros follow a kernel that is in the image as it is, up to an address."""
        (part,) = self._parts
        if part.size < end - part.address <= kernelimage.LARGEST:
            self._parts = [part._replace(size=end - part.address)]

    def _address_of(self, offset: int) -> int:
        """Return the address of a place in the file, 0 if it is in no part of the kernel."""
        held = (part for part in self._parts if part.offset <= offset < part.offset + part.filled and part.address)
        return next((part.address + offset - part.offset for part in held), 0)

    @cached_property
    def symbols(self) -> dict[str, int]:
        """The address of each name in the kernel's own table, the first of several."""
        return {name: address for address, _, name in reversed(self.kallsyms)}

    def _relocated(self, offset: int) -> int:
        """Return what the kernel's own relocations write at a place in the file, 0 for nothing that is known."""
        return rawimage.relocated(self.data, self._raw, self._address_of(offset)) if self._raw else 0

    def table(self, name: str) -> tuple[int, bytes]:
        """Return address and contents of a section, or of what lies between the symbols that the linker makes for it.

        Both are 0 and nothing where the kernel has no such section.
        """
        if part := self._sections.get(name):
            return part.address, self.data[part.offset : part.offset + part.filled]
        if self._sections:
            return 0, b""
        begin, end = _TABLE_NAMES.get(name, (f"__start_{name}", f"__stop_{name}"))
        start, stop = self.symbols.get(begin, 0), self.symbols.get(end, 0)
        return (start, self.read(start, stop - start)) if 0 < start < stop else (0, b"")

    def read(self, address: int, size: int) -> bytes:
        """Return so many bytes of memory."""
        part = self._part(address)
        start = address - part.address
        if size < 0 or start + size > part.size:
            raise FormatError(f"{size} bytes at {address:#x} do not lie in one part of the kernel")
        found = self.data[part.offset + start : part.offset + min(start + size, max(part.filled, start))]
        return found + bytes(size - len(found))

    def number(self, address: int, size: int, signed: bool = False) -> int:
        """Return a number of so many bytes."""
        return int.from_bytes(self.read(address, size), "little" if self.little else "big", signed=signed)

    def string(self, address: int) -> str:
        """Return the text at an address, which a zero byte ends."""
        part = self._part(address)
        start = part.offset + address - part.address
        limit = part.offset + part.filled
        if start >= limit:
            return ""  # zeros that the file does not have
        end = self.data.find(b"\0", start, min(start + _LONGEST, limit))
        if end < 0:
            raise FormatError(f"there is no text at {address:#x}")
        return self.data[start:end].decode("utf-8", "surrogateescape")

    def unpack(self, codes: str, data: bytes) -> list[tuple[int, ...]]:
        """Return rows of numbers, P for a word, as many as the data has completely."""
        record = struct.Struct(self._order + codes.replace("P", "Q" if self.bits == 64 else "I"))
        return list(record.iter_unpack(data[: len(data) // record.size * record.size]))

    def has(self, address: int) -> bool:
        """Return whether anything lies at an address."""
        return any(part.address <= address < part.address + part.size for part in self._parts)

    def _part(self, address: int) -> Part:
        for at, part in enumerate(self._parts):
            if part.address <= address < part.address + part.size and (part.address or address):
                if at:  # who asks for one text in a section mostly asks for more
                    self._parts.insert(0, self._parts.pop(at))
                return part
        raise FormatError(f"nothing lies at {address:#x}")
