"""A module file on its way to the kernel: what libkmod reads, unpacks and changes before init_module(2).

From kmod 34: `libkmod/libkmod-file.c: kmod_file_open()`, `libkmod-elf.c: kmod_elf_strip()`, and Linux 6.1:
`fs/kernel_read_file.c`. What is damaged inside a compressed file, `tree.kofile` knows.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from modtools.errors import FormatError, KernelError
from modtools.finit import IGNORE_MODVERSIONS, IGNORE_VERMAGIC
from modtools.formats.elfvalues import SHF_ALLOC
from modtools.formats.kmodelf import KmodElf
from modtools.linuxerrno import EFBIG, EINVAL, ENODATA, ESPIPE, of_host, strerror
from modtools.notes import Aborted, LibkmodError
from modtools.rooted import HOST, Host
from modtools.tree.kofile import KoFile, open_file

if TYPE_CHECKING:
    from modtools.formats.elf import ElfFile
    from modtools.notes import Note

_LARGEST = (1 << 31) - 1
"""INT_MAX, the bytes that the kernel reads of a file."""


def read(path: str, disk: Host = HOST, *, zlib: bool = False) -> KoFile:
    """Open a file as libkmod does, built with zlib or without. Raises KernelError, also for what no module can be."""
    try:
        status = disk.stat(path)
        if stat.S_ISFIFO(status.st_mode):
            raise KernelError(ESPIPE)
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise KernelError(EINVAL)  # the kernel reads regular files only
        if status.st_size > _LARGEST:
            raise KernelError(EFBIG)
        return open_file(path, disk, zlib=zlib)
    except LibkmodError as error:
        raise KernelError(error.errno) from None
    except (OSError, ValueError) as error:
        raise KernelError(of_host(error)) from None


def unpack(file: KoFile, complain: Callable[[str], None]) -> bytes:
    """Return the module that a file holds. Raises KernelError after saying what is wrong with it."""
    notes: list[Note] = []
    try:
        return bytes(file.contents(notes))
    except LibkmodError as error:
        raise KernelError(error.errno) from error
    finally:
        for note in notes:
            complain(note.text)


def strip(image: bytes, flags: int, complain: Callable[[str], None]) -> bytes:
    """Return the module without what the flags of `finit` tell the kernel to ignore.

    Raises KernelError, and Aborted where libkmod ends by abort().
    """
    from modtools.formats.elf import ElfFile

    try:
        KmodElf(image)
        elf = ElfFile.open(image)
        changed = bytearray(image)
        if flags & IGNORE_MODVERSIONS:
            _hide_versions(elf, changed)
    except Aborted:
        raise
    except FormatError as error:
        raise KernelError(error.errno if isinstance(error, LibkmodError) else EINVAL) from error
    if flags & IGNORE_VERMAGIC:
        _blank_vermagic(elf, changed, complain)
    return bytes(changed)


def _hide_versions(elf: ElfFile, changed: bytearray) -> None:
    """Let __versions count as not loaded, which is how the kernel finds no versions in it."""
    section = elf.section("__versions")
    if section is None:
        return
    order: Literal["little", "big"] = "little" if elf.header.little else "big"
    # sh_flags, one word, follows sh_name and sh_type of four bytes each.
    start = elf.header.shoff + section.index * elf.header.shentsize + 8
    width = elf.header.bits // 8
    changed[start : start + width] = (section.flags & ~SHF_ALLOC).to_bytes(width, order)


def _blank_vermagic(elf: ElfFile, changed: bytearray, complain: Callable[[str], None]) -> None:
    """Overwrite the vermagic field of .modinfo with zeros. One that is not in the file is the kernel's to refuse."""
    section = elf.section(".modinfo")
    try:
        strings = elf.contents(section).lstrip(b"\0") if section and section.offset else b""
    except FormatError:
        return
    if section is None or len(strings) <= 1:
        return
    start = section.offset + section.size - len(strings)
    for text in strings.split(b"\0"):
        if text.startswith(b"vermagic="):
            changed[start : start + len(text)] = bytes(len(text))
            return
        start += len(text) + 1
    complain(f"Failed to strip version information: {strerror(ENODATA)}")
    raise KernelError(ENODATA)
