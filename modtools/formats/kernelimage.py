"""Kernel images as boot loaders read them: what is in front of the kernel, and how it is packed.

Sources: Documentation/arch/x86/boot.rst (bzImage), Documentation/arch/arm64/booting.rst (Image),
Documentation/arch/riscv/boot-image-header.rst, drivers/firmware/efi/libstub/zboot-header.S (EFI zboot),
arch/arm/boot/compressed/head.S (zImage), arch/s390/boot/head.S. Numbers are little-endian, those of s390 big-endian:

    bzImage    0x1f1 u8 setup sectors less 1; 0x202 "HdrS"; 0x206 u16 version, 0x208 or more; 0x248 u32 offset of the
               payload from the first sector after the setup, u32 size. The payload is a packed ELF file, and, unless it
               is packed with gzip, the u32 size that it unpacks to
    Image      0x38 "ARM\\x64" (arm64) or "RSC\\x05" (RISC-V); 0x10 u64 size with .bss; the file is memory from the
               kernel's first byte on
    zImage     0x24 u32 0x016f2818 (ARM); the packed kernel, memory from its first byte on, lies somewhere behind
    s390       8 u64 0x0200001860000050, u64 0x0200006860000050: what is read first, and how the rest follows; the
               packed kernel, memory from its first byte on, lies somewhere behind what unpacks it
    EFI zboot  4 "zimg"; 8 u32 offset of the payload, u32 size; 0x18 name of the packing, ended by a zero byte
    any        may be packed as a whole

Packing: gzip, xz, zstd, and lzma by its properties 5d 00 00; bzip2 by "BZh"; lz4 by
that of its legacy form. lzo is known and not unpacked.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from modtools.errors import FormatError
from modtools.formats import lz4
from modtools.formats.compression import zstd_stream
from modtools.formats.elfvalues import MAGIC
from modtools.light import NamedTuple

LARGEST: Final = 512 << 20
"""Bytes that an image may unpack to; Debian's takes 60 MB, one with debug information is a file of its own."""

_PACKINGS: Final = {
    b"\x1f\x8b": "gzip",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x5d\0\0": "lzma",
    b"BZh": "bzip2",
    lz4.MAGIC: "lz4",
    b"\x89LZO": "lzo",
}
_RAW: Final = {b"ARMd": "arm64", b"RSC\x05": "riscv64"}
_S390: Final = bytes.fromhex("02000018600000500200006860000050")
_ET_EXEC, _ET_DYN = 2, 3
_LAYERS: Final = 4
"""How deep packed files are unpacked: an Image in EFI zboot in a packed file has two layers."""


class Unpacked(NamedTuple):
    """The kernel itself. `kind` is "elf" or one of `rawimage.KINDS`, `packed` says in words what it was in."""

    data: bytes
    kind: str
    packed: str


def is_image(head: bytes) -> bool:
    """Return whether a file that begins so may be a kernel image. Some 600 bytes tell; a module is none."""
    if head[:4] == MAGIC:
        return int.from_bytes(head[16:18], "big" if head[5:6] == b"\2" else "little") in (_ET_EXEC, _ET_DYN)
    return bool(head[0x202:0x206] == b"HdrS" or _raw_kind(head) or _is_zboot(head) or _hidden_in(head))


def packing(data: bytes) -> str:
    """Return what a file is packed with, by its first bytes; "" for nothing that is known."""
    return next((name for magic, name in _PACKINGS.items() if data.startswith(magic)), "")


def unpack(data: bytes) -> Unpacked:
    """Return the kernel in an image. Raises FormatError for none, and for one that is damaged or packed unknown."""
    words: list[str] = []
    for _ in range(_LAYERS):
        if data[:4] == MAGIC:
            return Unpacked(data, "elf", ", ".join(words))
        if kind := _raw_kind(data):
            return Unpacked(data, kind, ", ".join([f"{kind} Image", *words]))
        if hidden := _hidden_in(data):
            return _found(data, *hidden)
        name, payload = _payload(data)
        how = packing(payload)
        if not how:
            raise FormatError(f"the {name or 'file'} holds no kernel that is packed in a known way")
        data = _unpacked(payload, how)
        words.append(f"{name} packed with {how}".strip())
    raise FormatError(f"the image is packed more than {_LAYERS} times")


def _raw_kind(data: bytes) -> str:
    """Return the kind of an image that is memory as it is, "" for others."""
    return "" if _is_zboot(data) else _RAW.get(data[0x38:0x3C], "")


def _hidden_in(data: bytes) -> tuple[str, str] | None:
    """Return the kind of a kernel that is packed at a place which nothing tells, and what the image is called."""
    if data[0x24:0x28] == b"\x18\x28\x6f\x01":
        return "arm", "zImage"
    return ("s390x", "image for s390") if data[8:24] == _S390 else None


def _found(data: bytes, kind: str, image: str) -> Unpacked:
    """Return the kernel in an image: the first stream in it that unpacks, and names itself as kernels do."""
    for magic, how in _PACKINGS.items():
        at = data.find(magic)
        while at >= 0 and how in _UNPACKERS:
            with suppress(FormatError):
                found = _unpacked(data[at:], how)
                if b"Linux version " in found:
                    return Unpacked(found, kind, f"{image} packed with {how}")
            at = data.find(magic, at + 1)
    raise FormatError(f"the {image} holds no kernel that is packed in a known way")


def _is_zboot(data: bytes) -> bool:
    return data[:2] == b"MZ" and data[4:8] == b"zimg"


def _payload(data: bytes) -> tuple[str, bytes]:
    """Return in words what a file is, and the packed kernel in it."""
    if _is_zboot(data) and len(data) >= 0x20:
        offset, size = struct.unpack_from("<2I", data, 8)
        return "EFI zboot image", _part(data, offset, size)
    if data[0x202:0x206] == b"HdrS" and len(data) >= 0x250:
        (version,) = struct.unpack_from("<H", data, 0x206)
        if version < 0x208:
            raise FormatError(f"boot protocol {version:#x} does not tell where the kernel is", 0x206)
        offset, size = struct.unpack_from("<2I", data, 0x248)
        return "bzImage", _part(data, ((data[0x1F1] or 4) + 1) * 512 + offset, size)
    return "", data


def _part(data: bytes, offset: int, size: int) -> bytes:
    if offset + size > len(data):
        raise FormatError(f"the packed kernel ends at {offset + size}, the file at {len(data)}", offset)
    return data[offset : offset + size]


def _unpacked(data: bytes, how: str) -> bytes:
    """Return the content of a stream, whatever follows it. Raises FormatError."""
    if how not in _UNPACKERS:
        raise FormatError(f"the kernel is packed with {how}, which pymod does not unpack")
    try:
        found, whole = _UNPACKERS[how](data)
    except (OSError, ValueError, EOFError, MemoryError) as problem:
        raise FormatError(f"the kernel's {how} stream is damaged: {problem}") from problem
    if not whole:
        raise FormatError(f"the kernel's {how} stream ends early, or unpacks to more than {LARGEST >> 20} MiB")
    return found


_Content = tuple[bytes, bool]
"""What a stream unpacks to, at most LARGEST bytes, and whether that is all of it."""


def _gzip(data: bytes) -> _Content:
    import zlib

    stream = zlib.decompressobj(wbits=31)
    try:
        return stream.decompress(data, LARGEST), stream.eof
    except zlib.error as problem:
        raise ValueError(problem) from problem


def _lzma(data: bytes) -> _Content:
    import lzma

    stream = lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=LARGEST)
    try:
        found = stream.decompress(data, LARGEST)
    except lzma.LZMAError as problem:
        raise ValueError(problem) from problem
    # A stream of lzma that tells its size has no end mark.
    sized = data[:3] == b"\x5d\0\0" and int.from_bytes(data[5:13], "little") == len(found)
    return found, stream.eof or sized


def _bzip2(data: bytes) -> _Content:
    import bz2

    stream = bz2.BZ2Decompressor()
    return stream.decompress(data, LARGEST), stream.eof


_UNPACKERS: Final[dict[str, Callable[[bytes], _Content]]] = {
    "gzip": _gzip,
    "xz": _lzma,
    "lzma": _lzma,
    "bzip2": _bzip2,
    "zstd": lambda data: zstd_stream(data, LARGEST),
    "lz4": lambda data: lz4.unpack(data, LARGEST),
}
