"""The memory of a kernel in an ELF file."""

from __future__ import annotations

import pytest

from modtools.errors import FormatError
from modtools.formats import kernelimage
from modtools.formats.vmlinux import Vmlinux
from modtools.sources import imagefacts
from tests.sources.test_build import only_section

BANNER = b"Linux version 6.1.0-mine (me@here) (gcc 12) #1 SMP\n\0"


def test_what_does_not_come_into_memory_is_not_looked_through() -> None:
    """Information for debuggers may be ten times as long as the kernel, and have texts like the kernel's."""
    whole = only_section(".rodata", BANNER)
    long = whole[: 64 + len(BANNER)]
    memory = Vmlinux(kernelimage.Unpacked(whole, "elf", ""))
    assert memory.data == long
    assert imagefacts.release(memory) == "6.1.0-mine"
    assert memory.table(".rodata")[1] == BANNER
    behind = bytearray(only_section(".rodata", BANNER) + BANNER.replace(b"6.1.0", b"6.2.0"))
    assert imagefacts.release(Vmlinux(kernelimage.Unpacked(bytes(behind), "elf", ""))) == "6.1.0-mine"


def test_an_image_without_memory_is_no_kernel() -> None:
    """Nothing of it is taken for the kernel's."""
    data = bytearray(only_section(".rodata", BANNER))
    at = int.from_bytes(data[40:48], "little") + 64 + 8
    data[at : at + 8] = bytes(8)  # flags: the section stays in the file
    memory = Vmlinux(kernelimage.Unpacked(bytes(data), "elf", ""))
    assert not memory.has(0xFFFFFFFF82000000)
    with pytest.raises(FormatError):
        memory.read(0xFFFFFFFF82000000, 1)
