"""Kernel images are unpacked from whatever boot loaders take, and damaged ones are refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats import kernelimage

ELF = b"\x7fELF" + bytes(range(200)) * 20
ARM64 = bytes(0x38) + b"ARMd" + bytes(range(100))
PACKED = {
    "gzip": gzip.compress(ELF),
    "xz": lzma.compress(ELF, check=lzma.CHECK_CRC32),
    "lzma": lzma.compress(ELF, lzma.FORMAT_ALONE),
    "bzip2": bz2.compress(ELF),
}


def bz_image(payload: bytes, version: int = 0x20F) -> bytes:
    """A bzImage with two sectors of setup, and something behind its payload."""
    head = bytearray(3 * 512)
    head[0x1F1] = 2
    head[0x202:0x206] = b"HdrS"
    struct.pack_into("<H", head, 0x206, version)
    struct.pack_into("<2I", head, 0x248, 16, len(payload) + 4)
    return bytes(head) + bytes(16) + payload + struct.pack("<I", len(ELF)) + b"rest"


@pytest.mark.parametrize("how", PACKED)
def test_a_kernel_is_unpacked(how: str) -> None:
    """It is the same out of a bzImage, an EFI zboot image, and a file that is packed as a whole."""
    zboot = b"MZ\0\0zimg" + struct.pack("<2I", 64, len(PACKED[how])) + bytes(48) + PACKED[how]
    for image in (bz_image(PACKED[how]), zboot, PACKED[how]):
        found = kernelimage.unpack(image)
        assert (found.data, found.kind) == (ELF, "elf")
        assert how in found.packed


def test_an_image_of_arm64_is_memory() -> None:
    """It is taken as it is, packed or not."""
    assert kernelimage.unpack(ARM64) == (ARM64, "arm64", "arm64 Image")
    assert kernelimage.unpack(gzip.compress(ARM64)).data == ARM64


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (b"", "no kernel"),
        (b"text", "no kernel"),
        (bz_image(b"\x89LZO"), "packed with lzo"),
        (bz_image(PACKED["xz"], 0x207), "boot protocol 0x207"),
        (bz_image(PACKED["xz"])[:1600], "ends at"),
        (PACKED["xz"][:60], "ends early"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(ELF))))), "more than"),
    ],
)
def test_what_cannot_be_unpacked_is_named(image: bytes, reason: str) -> None:
    """The reason says what is there."""
    with pytest.raises(FormatError, match=reason):
        kernelimage.unpack(image)


@given(st.sampled_from(sorted(PACKED)), st.data())
def test_a_damaged_image_is_refused_or_unpacked(how: str, data: st.DataObject) -> None:
    """Cut or changed at any place, it is a FormatError or still unpacks."""
    whole = bz_image(PACKED[how])
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[at] = data.draw(st.integers(0, 255))
    for damaged in (bytes(changed), whole[:at]):
        try:
            kernelimage.unpack(damaged)
        except FormatError:
            continue


def test_an_image_is_told_from_a_module() -> None:
    """By the type of an ELF file in its own byte order, and by what boot loaders look for."""
    for order, little in ((1, "<"), (2, ">")):
        found = [
            kernelimage.is_image(b"\x7fELF\2" + bytes([order]) + bytes(10) + struct.pack(f"{little}H", kind))
            for kind in (1, 2, 3)
        ]
        assert found == [False, True, True]
    assert kernelimage.is_image(ARM64)
    assert kernelimage.is_image(bz_image(PACKED["xz"]))
    assert not kernelimage.is_image(b"")
