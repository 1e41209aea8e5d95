"""Make the damaged modules of tests/transcripts/ko out of the good ones: `python -m tools.recorder.damage`.

Each is one of the good ones with one thing wrong, by the tables below: offsets are those of `Elf64_Ehdr`, fields those
of `Elf64_Shdr` (ELF-64 Object File Format 1.5). What other programs made (strip, bzip2, a compiler) is left as it is.
"""

from __future__ import annotations

import lzma
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.transcripts import HERE

GOOD = HERE / "ko"
_SECTION = "<IIQQQQIIQQ"
NAME, TYPE, OFFSET, SIZE, LINK, INFO = 0, 1, 4, 5, 6, 7
_VERMAGIC = b"vermagic=6.1.0-56-amd64 SMP preempt mod_unload modversions "
_MAGIC = b"~Module signature appended~\n"
_THIS_MODULE = ".gnu.linkonce.this_module"


class Elf:
    """A module whose bytes can be changed."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.table = int(struct.unpack_from("<Q", data, 0x28)[0])
        count, names = struct.unpack_from("<HH", data, 0x3C)
        self.names_at = self.header(names)[OFFSET]
        self.names = [self._text(self.names_at + self.header(number)[NAME]) for number in range(count)]

    def header(self, number: int) -> list[int]:
        """The ten fields of a section header."""
        return list(struct.unpack_from(_SECTION, self.data, self.table + 64 * number))

    def _text(self, at: int) -> str:
        return self.data[at : self.data.index(0, at)].decode()

    def place(self, section: str) -> tuple[int, int]:
        """Where the contents of a section begin, and how long they are."""
        header = self.header(self.names.index(section))
        return header[OFFSET], header[SIZE]

    def set_field(self, section: str, field: int, value: int) -> Elf:
        """Change a field of a section header."""
        number = self.names.index(section)
        header = self.header(number)
        header[field] = value
        struct.pack_into(_SECTION, self.data, self.table + 64 * number, *header)
        return self

    def rename(self, section: str, name: str) -> Elf:
        """Give a section another name of the same length."""
        at = self.names_at + self.header(self.names.index(section))[NAME]
        self.data[at : at + len(name)] = name.encode()
        return self

    def replace(self, section: str, old: bytes, new: bytes) -> Elf:
        """Change a text in a section, the first one that is found, and fill up with zeros."""
        start, size = self.place(section)
        at = self.data.index(old, start, start + size)
        self.data[at : at + len(old)] = new.ljust(len(old), b"\0")
        return self

    def put(self, form: str, at: int, value: int, section: str = "") -> Elf:
        """Write a number at an offset into the file, or into a section; from its end if negative."""
        start, size = self.place(section) if section else (0, 0)
        struct.pack_into(form, self.data, start + at + size * (at < 0), value)
        return self

    def set_crc(self, symbol: str, crc: int) -> Elf:
        """Change the CRC of a symbol in __versions: a u64 in front of its name."""
        start, size = self.place("__versions")
        return self.put("<Q", self.data.index(symbol.encode() + b"\0", start, start + size) - 8, crc)


def _signed(digest: int, kind: int, size: int, junk: bytes) -> bytes:
    """A signature of nothing and its trailer: algorithm and digest, kind of signature, its size."""
    return junk + struct.pack(">BBBBBBBBI", digest and 1, digest, kind, 0, 0, 0, 0, 0, size) + _MAGIC


_HEADERS = {
    "bad_class": ("<B", 4, 1),
    "bad_endian": ("<B", 5, 2),
    "bad_elfversion": ("<B", 6, 9),
    "bad_osabi": ("<B", 7, 9),
    "bad_type_exec": ("<H", 0x10, 2),
    "bad_type_dyn": ("<H", 0x10, 3),
    "bad_machine": ("<H", 0x12, 183),
    "bad_machine_386": ("<H", 0x12, 3),
    "bad_shoff_huge": ("<Q", 0x28, (1 << 64) - 16),
    "bad_shoff_zero": ("<Q", 0x28, 0),
    "bad_shentsize": ("<H", 0x3A, 40),
    "bad_shnum": ("<H", 0x3C, 1000),
    "bad_shnum_zero": ("<H", 0x3C, 0),
    "bad_shstrndx": ("<H", 0x3E, 200),
    "bad_shstrndx_zero": ("<H", 0x3E, 0),
}
"""A number in the ELF header: form, offset, value."""

_FIELDS = {
    "bad_section_size": (".text", SIZE, 0xFFFFFFFF0),
    "bad_section_name": (".text", NAME, 0x100000),
    "bad_symtab_link": (".symtab", LINK, 500),
    "no_symtab": (".symtab", TYPE, 1),
    "bad_rela_info": (".rela.init.text", INFO, 500),
    "short_this_module": (_THIS_MODULE, SIZE, 0x40),
    "zero_this_module": (_THIS_MODULE, SIZE, 0),
}
"""A field of a section header."""

_NUMBERS = {
    "bad_reloc_type": ("<I", 8, 77, ".rela.init.text"),
    "bad_reloc_sym": ("<I", 12, 9999, ".rela.init.text"),
    "bad_strtab": ("<B", -1, 0x41, ".strtab"),
    "bad_shstrtab": ("<B", -1, 0x41, ".shstrtab"),
}
"""A number in a section: form, offset, value."""

_NAMES = {
    "no_modinfo": (".modinfo", ".nodinfo"),
    "no_versions": ("__versions", "__wersions"),
    "no_this_module": (_THIS_MODULE, ".gnu.linkonze.this_module"),
}
"""The name of a section, and another one."""

_INFO = {
    "no_vermagic": (b"vermagic=", b"vermagik="),
    "no_license": (b"license=", b"licence="),
    "no_name": (b"name=", b"nome="),
    "other_name": (b"name=hello_export", b"name=hallo_export"),
    "no_retpoline": (b"retpoline=", b"retpolino="),
    "license_unknown": (b"license=GPL", b"license=ABC"),
    "vermagic_release": (_VERMAGIC, _VERMAGIC.replace(b"-56", b"-99")),
    "vermagic_old": (_VERMAGIC, _VERMAGIC.replace(b"6.1.0-56", b"5.10.0-8")),
    "vermagic_nosmp": (_VERMAGIC, _VERMAGIC.replace(b"SMP ", b"")),
    "vermagic_nomodversions": (_VERMAGIC, _VERMAGIC.replace(b"modversions ", b"")),
    "vermagic_nounload": (_VERMAGIC, _VERMAGIC.replace(b"mod_unload ", b"")),
    "vermagic_garbage": (_VERMAGIC, b"vermagic=foo"),
    "vermagic_empty": (_VERMAGIC, b"vermagic="),
}
"""A text of .modinfo, and another one."""

_APPENDED = {
    "garbage_appended": b"garbage at the end of the file\n",
    "sig_magic_only": _MAGIC,
    "sig_zero": bytes(12) + _MAGIC,
    "sig_bad_len": _signed(0, 2, 0x7FFFFFFF, b""),
    "sig_bad_idtype": _signed(0, 1, 100, b"X" * 100),
    "sig_fake": _signed(0, 2, 100, b"X" * 100),
    "sig_bad_params": _signed(2, 2, 100, b"X" * 100),
}
"""What follows the file."""

_WHOLE = {
    "empty.ko": b"",
    "one_byte.ko": b"\x7f",
    "text.ko": b"this is not an ELF file\n" * 10,
    "short_text.ko": b"hi\n",
    "script.ko": b"#!/bin/sh\necho hello\n",
    "text_named_zst.ko.zst": b"not zstd at all\n",
}
"""Files that no module was the beginning of."""


def _others(good: bytes) -> dict[str, Callable[[], bytes | bytearray]]:
    """What is made in its own way; each by its file's name."""
    user = (GOOD / "hello_use_export.ko").read_bytes()
    packed = lzma.compress(good, check=lzma.CHECK_CRC32)
    elf = partial(Elf, good)
    name, kernels = b"hello_export", b"__ksymtab_strings"
    return {
        "trunc_half.ko": lambda: good[: len(good) // 2],
        "trunc_last.ko": lambda: good[:-1],
        "trunc_shdr.ko": lambda: good[: elf().table + 64 * 3],
        "bad_shoff.ko": lambda: elf().put("<Q", 0x28, len(good) + 4096).data,
        "bad_section_offset.ko": lambda: elf().set_field(".text", OFFSET, len(good) + 100000).data,
        "no_depends.ko": lambda: Elf(user).replace(".modinfo", b"depends=", b"depents=").data,
        "crc_printk.ko": lambda: elf().set_crc("_printk", 0x12345678).data,
        "crc_module_layout.ko": lambda: elf().set_crc("module_layout", 0x12345678).data,
        "crc_hello_export.ko": lambda: Elf(user).set_crc("hello_export", 0xDEADBEEF).data,
        "crc_missing_printk.ko": lambda: elf().replace("__versions", b"_printk\0", b"_printq").data,
        "crc_missing_module_layout.ko": lambda: elf().replace("__versions", b"module_layout", b"module_layouz").data,
        "vermagic_release_no_versions.ko": lambda: (
            elf().replace(".modinfo", *_INFO["vermagic_release"]).rename(*_NAMES["no_versions"]).data
        ),
        "inner_name.ko": lambda: elf().replace(_THIS_MODULE, name, b"inner__name_").data,
        "empty_name.ko": lambda: elf().replace(_THIS_MODULE, name, b"").data,
        "name_builtin.ko": lambda: (
            elf().replace(_THIS_MODULE, name, b"printk").replace(".modinfo", b"name=" + name, b"name=printk").data
        ),
        "dup_kernel.ko": lambda: elf().replace(kernels.decode(), name, b"sysfs_notify").data,
        "trunc_xz.ko.xz": lambda: packed[: len(packed) // 2],
        "xz_named_ko.ko": lambda: packed,
        "plain_named_xz.ko.xz": lambda: good,
    }


def _look_alikes() -> dict[str, bytes | bytearray]:
    """Sound modules that say something else than those that they were made from."""
    mozilla, imports = (Elf((GOOD / f"{name}.ko").read_bytes()) for name in ("gpl_user", "ns_user"))
    return {
        "prop_gpl_user.ko": mozilla.replace(".modinfo", b"license=Dual MPL/GPL", b"license=Proprietary").data,
        "ns_user_noimport.ko": imports.replace(".modinfo", b"import_ns=", b"impart_ns=").data,
    }


def damaged() -> dict[str, bytes]:
    """The contents of each file by its path in ko/."""
    good = (GOOD / "hello_export.ko").read_bytes()
    files: dict[str, bytes | bytearray] = {**_WHOLE}
    files |= {f"{name}.ko": Elf(good).put(*change).data for name, change in _HEADERS.items()}
    files |= {f"{name}.ko": Elf(good).put(*change).data for name, change in _NUMBERS.items()}
    files |= {f"{name}.ko": Elf(good).set_field(*change).data for name, change in _FIELDS.items()}
    files |= {f"{name}.ko": Elf(good).rename(*change).data for name, change in _NAMES.items()}
    files |= {f"{name}.ko": Elf(good).replace(".modinfo", *change).data for name, change in _INFO.items()}
    files |= {f"{name}.ko": good + end for name, end in _APPENDED.items()}
    files |= {f"trunc{size}.ko": good[:size] for size in (4, 16, 63, 64, 128, 512, 1024)}
    files |= {name: make() for name, make in _others(good).items()}
    files = {f"bad/{name}": data for name, data in files.items()} | _look_alikes()
    return {name: bytes(data) for name, data in files.items()}


def main() -> None:
    """Write them all."""
    for name, data in damaged().items():
        Path(GOOD, name).write_bytes(data)


if __name__ == "__main__":
    main()
