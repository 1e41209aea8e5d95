"""The table of symbols in a kernel image is found and read in each of its forms, and damage is refused."""

from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats import kallsymtable

TEXT = {64: 0xFFFFFFFF81000000, 32: 0xC0100000}
NAMES = [f"{'tTdA'[number % 4]}symbol_{number * 7919:x}" for number in range(3000)]


def table(
    bits: int, little: bool, *, late: bool, percpu: bool, base: bool = True, align: int = 0
) -> tuple[bytes, list[int]]:
    """An image with a table in which each token is one letter: before 6.4 offsets come first, since then `late`.

    With `align` its parts lie at multiples of so many bytes, and there is no room for a base.
    """
    order, word, text = "<>"[not little], bits // 8, TEXT[bits]
    addresses = [number * 8 if percpu and number < 50 else text + 16 * number for number in range(len(NAMES))]
    offsets = [
        (at if at < text else text - 1 - at) & 0xFFFFFFFF if percpu else (at - text) & 0xFFFFFFFF for at in addresses
    ]

    def aligned(data: bytes) -> bytes:
        return data + bytes(-len(data) % (align or word))

    packed = [bytes([len(name)]) + name.encode() for name in NAMES]
    starts = [sum(map(len, packed[:at])) for at in range(0, len(packed), 256)]
    tokens = [bytes([number]) if 48 <= number < 127 else b"xx" for number in range(256)]
    begins = [sum(len(token) + 1 for token in tokens[:at]) for at in range(256)]
    where = aligned(struct.pack(f"{order}{len(offsets)}I", *offsets))
    where += b"" if align else struct.pack(order + ("Q" if bits == 64 else "I"), text if base else 0)
    seqs = aligned(b"".join(number.to_bytes(3, "big") for number in range(len(NAMES))))
    parts = [
        aligned(struct.pack(f"{order}I", len(NAMES))),
        aligned(b"".join(packed)),
        aligned(struct.pack(f"{order}{len(starts)}I", *starts)),
        b"" if late else seqs,
        aligned(b"".join(token + b"\0" for token in tokens)),
        aligned(struct.pack(f"{order}256H", *begins)),
    ]
    parts = [*parts, where, seqs] if late else [where, *parts]
    noise = random.Random(1).randbytes(4096)
    return noise + b"".join(parts) + noise, addresses


@pytest.mark.parametrize("base", [True, False])
@pytest.mark.parametrize("percpu", [True, False])
@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("little", [True, False])
@pytest.mark.parametrize("bits", [64, 32])
def test_a_table_is_found_in_each_form(bits: int, little: bool, late: bool, percpu: bool, base: bool) -> None:
    """Both orders of its parts and of bytes, words of both widths; signed offsets; a base that the image lacks."""
    data, addresses = table(bits, little, late=late, percpu=percpu, base=base)
    rows = kallsymtable.read(data, bits, little, kallsymtable.Memory(TEXT[bits]))
    assert rows == [(at, name[0], name[1:]) for at, name in zip(addresses, NAMES, strict=True)]


@pytest.mark.parametrize("odd", [0, 4])
@pytest.mark.parametrize("little", [True, False])
@pytest.mark.parametrize("bits", [64, 32])
def test_there_may_be_no_base(bits: int, little: bool, odd: int) -> None:
    """Offsets then count from where they lie themselves, wherever that is; or they are addresses of 32 bits."""
    data, addresses = table(bits, little, late=True, percpu=False, align=4)
    data = data[:odd] + data
    order, start = "<>"[not little], TEXT[bits] + 0x100000
    offsets = struct.pack(f"{order}{len(NAMES)}I", *(at - TEXT[bits] for at in addresses))
    place = start + data.index(offsets)
    own = [address - (place + 4 * number) for number, address in enumerate(addresses)]
    told = own if bits == 64 else addresses
    data = data.replace(offsets, struct.pack(f"{order}{len(NAMES)}{'i' if bits == 64 else 'I'}", *told))
    rows = kallsymtable.read(data, bits, little, kallsymtable.Memory(TEXT[bits], lambda offset: start + offset))
    assert rows == [(at, name[0], name[1:]) for at, name in zip(addresses, NAMES, strict=True)]


WHOLE, _ = table(64, True, late=True, percpu=True)


@given(st.data())
def test_a_damaged_table_is_refused_or_read(data: st.DataObject) -> None:
    """Cut or changed at any place, it is a FormatError or still a table."""
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    changed = bytearray(WHOLE)
    changed[at : at + 4] = data.draw(st.binary(min_size=4, max_size=4))
    for damaged in (bytes(changed), WHOLE[:at]):
        try:
            kallsymtable.read(damaged, 64, True, kallsymtable.Memory(TEXT[64]))
        except FormatError:
            continue


@pytest.mark.parametrize("data", [b"", bytes(1 << 16), b"0\x001\x002\x003\x004\x005\x006\x007\x008\x009\0"])
def test_no_table_is_an_error(data: bytes) -> None:
    """An image without symbols says so."""
    with pytest.raises(FormatError, match="no table of symbols"):
        kallsymtable.read(data, 64, True, kallsymtable.Memory(TEXT[64]))
