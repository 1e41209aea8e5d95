"""Kernels without addresses of their own: where they are linked to is found by their pointers, or is not known."""

from __future__ import annotations

import random
import struct

import pytest

from modtools.errors import FormatError
from modtools.formats import kallsymtable, kernelimage, rawimage
from modtools.formats.vmlinux import Vmlinux

SIZE = 1 << 20
MAGICS = {"arm64": b"ARMd", "riscv64": b"RSC\5"}
PLACES = [(name, place) for name, kind in rawimage.KINDS.items() for place in kind.places]


def image(name: str, place: int, seed: int = 0) -> bytes:
    """An image that points into itself at each hundredth word of its second half."""
    kind, source = rawimage.KINDS[name], random.Random(seed)
    data = bytearray(source.randbytes(SIZE))
    word, order = kind.bits // 8, "<>"[not kind.little]
    for at in range(SIZE // 2, SIZE, 100 * word):
        struct.pack_into(f"{order}Q" if word == 8 else f"{order}I", data, at, place + source.randrange(SIZE))
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


@pytest.mark.parametrize("name", [*MAGICS, "s390x"])
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
    other = bytes(8) + struct.pack(">3Q", 0x101000, 12, 0x100000)
    assert rawimage.relocated(other, rawimage.KINDS["s390x"], 0x101000) == 0x100000


HIDING = {
    "arm": ("zImage", bytes(0x24) + b"\x18\x28\x6f\x01" + bytes(20)),
    "s390x": (
        "image for s390",
        bytes.fromhex("000800008000020002000018600000500200006860000050") + b"@" * 40,
    ),
}
"""What an image is called in which nothing tells where the kernel lies, and how it begins."""


@pytest.mark.parametrize("kind", HIDING)
def test_a_kernel_is_unpacked_wherever_it_lies(kind: str) -> None:
    """The first stream that unpacks to what names itself as a kernel does; others in it do not count."""
    import gzip

    name, head = HIDING[kind]
    kernel = bytes(100) + b"Linux version 6.1.0"
    data = head + b"\x1f\x8b damaged" + gzip.compress(b"other") + gzip.compress(kernel) + b"rest"
    assert kernelimage.is_image(data)
    assert kernelimage.unpack(data) == (kernel, kind, f"{name} packed with gzip")
    with pytest.raises(FormatError, match=f"the {name} holds no kernel"):
        kernelimage.unpack(head + gzip.compress(b"other"))


def test_zeros_follow_a_kernel_as_far_as_its_symbols_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of s390 and ARM do not tell their size in memory: `_end` does, unless it makes no sense."""
    place = rawimage.KINDS["s390x"].places[1]
    for beyond, has in ((8192, True), (1 << 40, False)):
        memory = Vmlinux(kernelimage.Unpacked(image("s390x", place), "s390x", ""))
        rows = [(place, "T", "_text"), (place + SIZE + beyond, "B", "_end")]
        monkeypatch.setattr(kallsymtable, "read", lambda *_, rows=rows: rows)
        assert memory.symbols["_text"] == place
        assert memory.has(place + SIZE + 4096) is has
        assert not memory.has(place + SIZE + beyond)
        assert not has or memory.read(place + SIZE - 4, 8)[4:] == bytes(4)
