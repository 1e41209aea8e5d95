"""What a kernel image says about itself: its exports, its built-in modules, the certificates that it trusts.

From Linux 6.1: the boot header (Documentation/arch/x86/boot.rst), `struct kernel_symbol` of include/linux/export.h in
its place-relative form, `struct kernel_param` of include/linux/moduleparam.h, certs/system_certificates.S. x86-64 only.
Read with pyelftools itself and not with modtools.formats, which the result helps to test.
"""

from __future__ import annotations

import lzma
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from operator import attrgetter
from pathlib import Path

from elftools.elf.elffile import ELFFile

from modtools.profiles import BuiltinModule, BuiltinParameter
from modtools.profiles.exports import ExportedSymbol
from tools.symboltable import symbol_table

_MASK64 = (1 << 64) - 1
_SHF_ALLOC = 2

# include/linux/moduleparam.h: the parameter functions that the kernel brings; type, C's size, signed.
_INTEGERS = {
    "byte": (1, False),
    "short": (2, True),
    "ushort": (2, False),
    "int": (4, True),
    "uint": (4, False),
    "long": (8, True),
    "ulong": (8, False),
    "ullong": (8, False),
    "hexint": (4, False),
    "bint": (4, True),
    "bool": (1, False),
    "bool_enable_only": (1, False),
    "invbool": (1, False),
}


@dataclass(frozen=True, slots=True)
class _Section:
    address: int
    size: int
    data: bytes | None


class Image:
    """A vmlinux, as the boot loader's file has it packed: with section headers and without symbols."""

    def __init__(self, vmlinuz: Path) -> None:
        elf = ELFFile(BytesIO(unpack(vmlinuz.read_bytes())))
        self._sections = {
            section.name: _Section(
                section["sh_addr"], section["sh_size"], None if section["sh_type"] == "SHT_NOBITS" else section.data()
            )
            for section in elf.iter_sections()
            if section["sh_flags"] & _SHF_ALLOC
        }
        self.kallsyms = symbol_table(self._sections[".rodata"].address, self._contents(".rodata"))
        self._letters = {(address, name): letter for address, letter, name in self.kallsyms}
        self.exports = sorted(self._exports(), key=lambda symbol: symbol.name)
        self._operations = {
            symbol.address: symbol.name.removeprefix("param_ops_").removeprefix("param_").removesuffix("_ops")
            for symbol in self.exports
            if symbol.name.startswith("param_ops_") or symbol.name == "param_array_ops"
        }

    def text(self, pattern: bytes) -> str:
        """The only text in read-only data that all of a pattern fits."""
        found = set(re.findall(pattern, self._contents(".rodata")))
        if len(found) != 1:
            raise ValueError(f"{len(found)} texts fit {pattern!r}")
        return str(found.pop().decode("ascii"))

    def certificates(self) -> list[bytes]:
        """The X.509 certificates in the image: DER sequences of sequences that have an RSA public key."""
        data = self._contents(".init.data")
        rsa_encryption = bytes.fromhex("06092a864886f70d010101")
        found = []
        for match in re.finditer(rb"\x30\x82(..)\x30\x82", data, re.DOTALL):
            size = int.from_bytes(match[1], "big") + 4
            candidate = data[match.start() : match.start() + size]
            if 400 < size < 4096 and len(candidate) == size and rsa_encryption in candidate:
                found.append(candidate)
        return found

    def builtin(self) -> dict[str, BuiltinModule]:
        """/sys/module after boot: modules with a parameter that has permissions, and those with a version."""
        parameters: dict[str, list[BuiltinParameter]] = {}
        for name_at, _, operations, mode, _, _, argument in struct.iter_unpack("<QQQHbB4xQ", self._contents("__param")):
            # kernel/params.c: param_sysfs_builtin(): what has no module in front of its name is the kernel's.
            module, _, parameter = self._string(name_at).rpartition(".")
            if mode:
                row = BuiltinParameter(parameter, *self._value(operations, argument), mode)
                parameters.setdefault(module or "kernel", []).append(row)
        # struct module_version_attribute: a module_attribute of seven words, module's name, version
        attributes = struct.iter_unpack("<56x2Q", self._contents("__modver"))
        versions = {self._string(name_at): self._string(version_at) for name_at, version_at in attributes}
        return {
            module: BuiltinModule(
                tuple(sorted(parameters.get(module, ()), key=attrgetter("name"))), versions.get(module)
            )
            for module in sorted(parameters.keys() | versions.keys())
        }

    def _exports(self) -> Iterator[ExportedSymbol]:
        """The letter is that of kallsyms; a per-cpu variable's address is its place in each processor's area."""
        for suffix in ("", "_gpl"):
            place = self._sections[f"__ksymtab{suffix}"].address
            crcs = struct.iter_unpack("<I", self._contents(f"__kcrctab{suffix}"))
            entries = struct.iter_unpack("<3i", self._contents(f"__ksymtab{suffix}"))
            for (value, name, namespace), (crc,) in zip(entries, crcs, strict=True):
                symbol, address = self._string(place + 4 + name), (place + value) & _MASK64
                yield ExportedSymbol(
                    symbol,
                    crc,
                    bool(suffix),
                    self._string(place + 8 + namespace) if namespace else "",
                    address,
                    self._letters[address, symbol],
                )
                place += 12

    def _value(self, operations: int, argument: int) -> tuple[str, str | None]:
        kind = self._operations.get(operations, "")
        if kind == "array":
            return self._array(argument)
        if kind == "string":
            _, text_at = struct.unpack("<I4xQ", self._bytes(argument, 16))
            return kind, self._string(text_at)
        if kind == "charp":
            text_at = int.from_bytes(self._bytes(argument, 8), "little")
            return kind, self._string(text_at) if text_at else "(null)"
        return kind, self._number(kind, argument) if kind in _INTEGERS else None

    def _array(self, argument: int) -> tuple[str, str | None]:
        # struct kparam_array: max, elemsize, num, ops, elem
        maximum, size, count_at, operations, elements = struct.unpack("<II3Q", self._bytes(argument, 32))
        count = int.from_bytes(self._bytes(count_at, 4), "little") if count_at else maximum
        values = [self._value(operations, elements + size * at) for at in range(count)]
        kind, _ = self._value(operations, elements)
        return (f"array of {kind}", ",".join(value or "" for _, value in values)) if kind else ("", None)

    def _number(self, kind: str, address: int) -> str:
        size, signed = _INTEGERS[kind]
        number = int.from_bytes(self._bytes(address, size), "little", signed=signed)
        if kind in ("bool", "bool_enable_only"):
            return "Y" if number else "N"
        if kind == "invbool":
            return "N" if number else "Y"
        return f"{number:#08x}" if kind == "hexint" else str(number)

    def _contents(self, section: str) -> bytes:
        data = self._sections[section].data
        if data is None:
            raise ValueError(f"{section} has no contents")
        return data

    def _bytes(self, address: int, size: int) -> bytes:
        for section in self._sections.values():
            if section.address <= address < section.address + section.size and section.address:
                start = address - section.address
                return bytes(size) if section.data is None else section.data[start : start + size]
        raise ValueError(f"nothing lies at {address:#x}")

    def _string(self, address: int) -> str:
        for section in self._sections.values():
            if section.data is not None and section.address <= address < section.address + section.size:
                start = address - section.address
                return section.data[start : section.data.index(0, start)].decode("ascii")
        return ""


def unpack(vmlinuz: bytes) -> bytes:
    """The ELF file inside a bzImage that is packed with xz."""
    setup_sectors = vmlinuz[0x1F1]
    offset, size = struct.unpack_from("<II", vmlinuz, 0x248)
    start = (setup_sectors + 1) * 512 + offset
    # The last four bytes of the payload are its unpacked size, outside the xz stream.
    return lzma.LZMADecompressor().decompress(vmlinuz[start : start + size])
