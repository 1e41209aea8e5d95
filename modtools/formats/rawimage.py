"""Kernels that are memory from their first byte on: for which processor they are, and where they are linked to.

Such an image names no address, but it is full of pointers into itself, and where a kernel may be linked to is known:
KIMAGE_VADDR of arm64 is above the upper half of addresses by what modules have in front of it (128 MB, 256 MB with the
first 4.x and 5.x, 2 GiB since 6.5), KERNEL_LINK_ADDR of RISC-V is 2 GiB below the end (before 5.13 the beginning of the
direct map), and ARM's kernel follows PAGE_OFFSET by TEXT_OFFSET, that of s390 KERNEL_IMAGE_BASE or 0.

Sources: arch/arm64/include/asm/memory.h, arch/riscv/include/asm/pgtable.h, arch/arm/Kconfig and arch/arm/Makefile,
arch/s390/Kconfig and arch/s390/include/asm/page.h.

    pointer      in the bytes of a word; where the kernel relocates itself (RELR), the address that it is linked to
    relocation   24 bytes: u64 address of a pointer, u64 type (R_AARCH64_RELATIVE, R_RISCV_RELATIVE, R_390_RELATIVE),
                 u64 what it becomes; the pointer itself is then 0 in the image

Byte order is that of the processor: s390 is big-endian, the others little-endian.
"""

from __future__ import annotations

import struct
from typing import Final, Literal

from modtools.errors import FormatError
from modtools.light import NamedTuple

_WIDTHS: Final = (48, 39, 42, 47, 36)
"""Bits of an address of arm64 (CONFIG_ARM64_VA_BITS, or VA_BITS_MIN)."""
_GAPS: Final = (0x80000000, 0x08000000, 0x10000000)
_FEWEST: Final = 100
"""Pointers into itself that a kernel has at least: Linux has tens of thousands."""


class Kind(NamedTuple):
    """A processor: e_machine and bits of its ELF files, places for a kernel, the type of a relative relocation, byte
    order; whether the image tells its size in memory, a u64 at 0x10."""

    machine: int
    bits: int
    places: tuple[int, ...]
    relative: int = 0
    little: bool = True
    sized: bool = True


KINDS: Final = {
    "arm64": Kind(183, 64, tuple((1 << 64) - (1 << width - 1) + gap for width in _WIDTHS for gap in _GAPS), 0x403),
    "riscv64": Kind(243, 64, (0xFFFFFFFF80000000, 0xFFFFFFE000000000), 3),
    "arm": Kind(40, 32, (0xC0008000, 0x80008000, 0xB0008000, 0x40008000), sized=False),
    "s390x": Kind(22, 64, (0x3FFE0100000, 0x100000), 12, little=False, sized=False),
}


def linked_at(data: bytes, kind: Kind, size: int) -> int:
    """Return the address that a kernel of so many bytes is linked to. Raises FormatError where nothing tells."""
    rest = data[len(data) // 2 // 8 * 8 :]  # behind the code, where the pointers are
    counts = {place: _pointers(rest, kind, place, size) for place in kind.places}
    best = max(counts, key=counts.__getitem__)
    if counts[best] < _FEWEST:
        raise FormatError("the image does not tell where in memory the kernel is")
    return best


def _pointers(data: bytes, kind: Kind, start: int, size: int) -> int:
    """Return how many words look like pointers into this memory; of little-endian ones by all but three bytes."""
    if not kind.little:
        return sum(start <= word < start + size for (word,) in struct.iter_unpack(">Q", data[: len(data) & ~7]))
    tops = range(start >> 24, (start + size >> 24) + 1)
    if kind.bits == 32:
        highest = data[3::4]
        return sum(highest.count(bytes([top])) for top in tops)
    return sum(data.count(top.to_bytes(5, "little")) for top in tops)


def relocated(data: bytes, kind: Kind, address: int) -> int:
    """Return what a relocation writes into the pointer at an address, 0 where there is none."""
    order: Literal["little", "big"] = "little" if kind.little else "big"
    row = b"".join(number.to_bytes(8, order) for number in (address, kind.relative))
    at = data.find(row) if kind.relative else -1
    return int.from_bytes(data[at + 16 : at + 24], order) if at >= 0 else 0
