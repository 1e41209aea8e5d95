"""Kernels without addresses of their own: where they are linked to is found by their pointers, or is not known."""

from __future__ import annotations

import random
import struct

import pytest

from modtools.errors import FormatError
from modtools.formats import kernelimage, rawimage
from modtools.formats.vmlinux import Vmlinux

SIZE = 1 << 20
MAGICS = {"arm64": b"ARMd", "riscv64": b"RSC\5"}
PLACES = [(name, place) for name, kind in rawimage.KINDS.items() for place in kind.places]


def image(name: str, place: int, seed: int = 0) -> bytes:
    """An image that points into itself at each hundredth word of its second half."""
    kind, source = rawimage.KINDS[name], random.Random(seed)
    data = bytearray(source.randbytes(SIZE))
    word = kind.bits // 8
    for at in range(SIZE // 2, SIZE, 100 * word):
        struct.pack_into("<Q" if word == 8 else "<I", data, at, place + source.randrange(SIZE))
    struct.pack_into("<Q", data, 0x10, SIZE + 4096)
    data[0x38:0x3C] = MAGICS.get(name, b"")[:4] or data[0x38:0x3C]
    return bytes(data)


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_a_kernel_is_found_where_it_was_linked_to(name: str, place: int) -> None:
    """At each place that is known for its processor."""
    data = image(name, place)
    assert rawimage.linked_at(data, rawimage.KINDS[name], SIZE) == place
    memory = Vmlinux(kernelimage.Unpacked(data, name, ""))
    assert memory.read(place + 64, 8) == data[64:72]
    assert (memory.bits, memory.machine) == (rawimage.KINDS[name].bits, rawimage.KINDS[name].machine)


@pytest.mark.parametrize("name", MAGICS)
def test_an_image_without_pointers_tells_no_address(name: str) -> None:
    """None is made up."""
    kind = rawimage.KINDS[name]
    with pytest.raises(FormatError, match="does not tell where in memory the kernel is"):
        rawimage.linked_at(random.Random(1).randbytes(SIZE), kind, SIZE)


@pytest.mark.parametrize("name", MAGICS)
def test_images_of_each_kind_are_recognised(name: str) -> None:
    """By what boot loaders look for."""
    data = image(name, rawimage.KINDS[name].places[0])
    assert kernelimage.is_image(data[:1024])
    assert kernelimage.unpack(data)[1:] == (name, f"{name} Image")


def test_relocations_tell_what_is_not_in_the_image() -> None:
    """What becomes of a pointer that is zero in it."""
    kind = rawimage.KINDS["arm64"]
    data = bytes(80) + struct.pack("<3Q", 0xFFFF800008001000, 0x403, 0xFFFF800008000000) + bytes(8)
    assert rawimage.relocated(data, kind, 0xFFFF800008001000) == 0xFFFF800008000000
    assert rawimage.relocated(data, kind, 0xFFFF800008002000) == 0
    assert rawimage.relocated(data, rawimage.KINDS["arm"], 0) == 0


def test_a_zimage_is_unpacked_wherever_its_kernel_lies() -> None:
    """The first stream that unpacks to what names itself as a kernel does; others in it do not count."""
    import gzip

    kernel = bytes(100) + b"Linux version 6.1.0"
    head = bytes(0x24) + b"\x18\x28\x6f\x01" + bytes(20)
    data = head + b"\x1f\x8b damaged" + gzip.compress(b"other") + gzip.compress(kernel) + b"rest"
    assert kernelimage.is_image(data)
    assert kernelimage.unpack(data) == (kernel, "arm", "zImage packed with gzip")
    with pytest.raises(FormatError, match="the zImage holds no kernel"):
        kernelimage.unpack(head + gzip.compress(b"other"))
