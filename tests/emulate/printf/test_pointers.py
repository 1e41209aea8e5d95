"""Tests of modtools/emulate/printf/pointers.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.printf import pointers
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import has, new
from tests.emulated import both_kernels

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("E", b'a"\\n\\001c'),
        ("Eh", b"\\x61\\x22\\x0a\\x01\\x63"),
        ("Es", b'a"\\n\x01c'),
        ("Ec", b'a\\"\n\x01c'),
        ("Ea", b'\\141\\"\\n\\001\\143'),
        ("Ehp", b'a"\\x0a\\x01c'),
    ],
)
def test_escapes_by_class(guest: Guest, letters: str, expected: bytes) -> None:
    """%*pE: each letter names characters; h and o are for all that is left, printable ones too unless p is there."""
    place = guest.new_text(b'a"\n\x01c')
    assert pointers.pointer(guest, place, letters.encode(), Spec(width=5)) == expected


def test_the_caller_of_nothing_is_a_number(guest: Guest) -> None:
    """%pB looks one byte before, and says the address as it is where nothing is known of it."""
    assert pointers.pointer(guest, 0x1234, b"B", Spec()) == b"0x1234"


@pytest.mark.parametrize(
    ("extension", "bytes_in_hex", "expected"),
    [
        (b"I4", "c0a80001", b"192.168.0.1"),
        (b"I4l", "c0a80001", b"1.0.168.192"),
        (b"i4", "c0a80001", b"192.168.000.001"),
        (b"I6", "fe80" + "00" * 12 + "0001", b"fe80:0000:0000:0000:0000:0000:0000:0001"),
        (b"i6", "fe80" + "00" * 12 + "0001", b"fe800000000000000000000000000001"),
        (b"I6c", "fe80" + "00" * 12 + "0001", b"fe80::1"),
        (b"I6c", "00" * 16, b"::"),
        (b"I6c", "00" * 10 + "ffff01020304", b"::ffff:1.2.3.4"),
        (b"I6c", "0001000000020003000400050006" + "0007", b"1:0:2:3:4:5:6:7"),
        (b"ISp", "02001f90c0a80001", b"192.168.0.1:8080"),
        (b"ISpc", "0a001f9000000000" + "00" * 15 + "01" + "00" * 4, b"[::1]:8080"),
        (b"ISc", "0a001f9000000000" + "00" * 15 + "01" + "00" * 4, b"::1"),
        (b"ISpfsc", "0a001f9000000005" + "00" * 15 + "01" + "02000000", b"[::1]:8080/5%2"),
        (b"IS", "0100", b"(einval)"),
    ],
)
def test_addresses_of_the_network(guest: Guest, extension: bytes, bytes_in_hex: str, expected: bytes) -> None:
    """IPv4, IPv6 and socket addresses, with the options that printk-formats.rst names."""
    place = guest.heap.kmalloc(64)
    guest.memory.write(place, bytes.fromhex(bytes_in_hex))
    assert pointers.pointer(guest, place, extension, Spec()) == expected


@pytest.mark.parametrize(
    ("letter", "start", "end", "flags", "expected"),
    [
        (b"R", 0x60, 0x64, 0x80000100, b"[io  0x0060-0x0064]"),
        (b"r", 0x60, 0x60, 0x100, b"[io  0x0060 flags 0x100]"),
        (b"R", 0xFEB00000, 0xFEB00FFF, 0x302200, b"[mem 0xfeb00000-0xfeb00fff 64bit pref window]"),
        (b"R", 0x1000, 0x1FFF, 0x20000200, b"[mem size 0x00001000]"),
        (b"r", 0x1000, 0x1FFF, 0x20000200, b"[mem 0x00001000-0x00001fff flags 0x20000200]"),
        (b"R", 5, 5, 0x10000400, b"[irq 5 disabled]"),
        (b"R", 1, 3, 0x800, b"[dma 1-3]"),
        (b"R", 0, 0xFF, 0x1000, b"[bus 00-ff]"),
        (b"R", 1, 2, 0, b"[??? 0x00000001-0x00000002 flags 0x0]"),
    ],
)
def test_resources(guest: Guest, letter: bytes, start: int, end: int, flags: int, expected: bytes) -> None:
    """Each kind in its own base and width; %pr, and a kind that is none, with the flags as a number."""
    resource = new(guest, "resource")
    resource.start, resource.end, resource.flags = start, end, flags
    assert pointers.pointer(guest, resource.address(), letter, Spec()) == expected


@both_kernels
@pytest.mark.parametrize(
    ("disk", "number", "expected"), [(b"sda", 0, b"sda"), (b"sda", 3, b"sda3"), (b"nvme0n1", 3, b"nvme0n1p3")]
)
def test_block_devices(guest: Guest, disk: bytes, number: int, expected: bytes) -> None:
    """%pg: the disk, and the partition behind it, with a p after a digit."""
    gendisk, device = new(guest, "gendisk"), new(guest, "block_device")
    guest.memory.write(gendisk.address("disk_name"), disk + b"\0")
    device.bd_disk = gendisk.address()
    field = "bd_partno" if has(guest, "block_device", "bd_partno") else "__bd_flags"
    guest.memory.put(device.address(field), number, 1)
    assert pointers.pointer(guest, device.address(), b"g", Spec()) == expected


@pytest.mark.parametrize(
    ("guest", "flags", "expected"),
    [
        ("debian-12", 0xA20, b"GFP_ATOMIC"),
        ("debian-12", 0x2800, b"GFP_NOWAIT|__GFP_NOWARN"),
        ("debian-13", 0x820, b"GFP_ATOMIC"),
        ("debian-13", 0x2800, b"GFP_NOWAIT"),
        ("debian-13", 0x200, b"0x200"),
    ],
    indirect=["guest"],
)
def test_flags_of_allocations(guest: Guest, flags: int, expected: bytes) -> None:
    """%pGg: the names are those of the kernel's version."""
    place = guest.heap.kmalloc(8)
    guest.memory.put(place, flags, 4)
    assert pointers.pointer(guest, place, b"Gg", Spec()) == expected


@pytest.mark.parametrize("guest", ["debian-13"], indirect=True)
def test_flags_of_pages_are_not_guessed(guest: Guest) -> None:
    """%pGp: where a kernel numbers them otherwise, their names are not known."""
    with pytest.raises(Needs, match="flags of pages"):
        pointers.pointer(guest, guest.heap.kmalloc(8), b"Gp", Spec())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0x3231564E, b"NV12 little-endian (0x3231564e)"),
        (0xB231564E, b"NV12 big-endian (0xb231564e)"),
        (0x10111213, b".... little-endian (0x10111213)"),
        (0x20303159, b"Y10  little-endian (0x20303159)"),
        (0x7F7E2120, b" !~. little-endian (0x7f7e2120)"),
    ],
)
def test_pixel_formats(guest: Guest, value: int, expected: bytes) -> None:
    """%p4cc, as lib/test_printf.c and printk-formats.rst have it: what can be printed, a blank too, else a dot."""
    place = guest.heap.kmalloc(16)
    guest.memory.put(place, value, 4)
    assert pointers.pointer(guest, place, b"4cc", Spec()) == expected
    assert pointers.pointer(guest, place, b"4cc", Spec(width=34)) == expected.rjust(34)
    assert pointers.pointer(guest, place, b"4c", Spec()) == b"(%p4?)"


TIMES = [
    ("R", b"2018-11-26T05:35:43"),
    ("Rr", b"0118-10-26T05:35:43"),
    ("Rt", b"05:35:43"),
    ("Rd", b"2018-11-26"),
    ("Rtr", b"05:35:43"),
    ("Rdr", b"0118-10-26"),
    ("Rttr", b"05:35:43"),
    ("Rdtr", b"2018-11-26"),
    ("T", b"2019-01-04T15:32:23"),
    ("Tr", b"0119-00-04T15:32:23"),
    ("Tt", b"15:32:23"),
    ("Tdr", b"0119-00-04"),
    ("Ts", b"2019-01-04 15:32:23"),
    ("Tsr", b"0119-00-04 15:32:23"),
    ("Tts", b"15:32:23"),
    ("Tdrs", b"0119-00-04"),
    ("", b"(%pt?)"),
]
"""What lib/test_printf.c expects of 26 November 2018 as a `struct rtc_time`, and of second 1546615943."""


@pytest.mark.parametrize(("letters", "expected"), TIMES)
def test_times(guest: Guest, letters: str, expected: bytes) -> None:
    """%ptR and %ptT: date, time or both, readable or raw, with a blank or a T."""
    row = new(guest, "rtc_time")
    row.tm_sec, row.tm_min, row.tm_hour, row.tm_mday, row.tm_mon, row.tm_year = 43, 35, 5, 26, 10, 118
    second = guest.heap.kmalloc(8)
    guest.memory.put(second, 1546615943, 8)
    place = row.address() if letters[:1] == "R" else second
    assert pointers.pointer(guest, place, b"t" + letters.encode(), Spec()) == expected


def test_times_before_1970_and_of_nothing(guest: Guest) -> None:
    """Seconds have a sign; a null pointer is told; what Python has no date for stops the run."""
    place = guest.heap.kmalloc(8)
    for seconds, expected in (
        (-1, b"1969-12-31T23:59:59"),
        (0, b"1970-01-01T00:00:00"),
        (-1 << 35, b"0881-03-07T20:13:52"),
    ):
        guest.memory.put(place, seconds & (1 << 64) - 1, 8)
        assert pointers.pointer(guest, place, b"tT", Spec()) == expected
    assert pointers.pointer(guest, 0, b"tT", Spec(width=8)) == b"  (null)"
    guest.memory.put(place, 1 << 62, 8)
    with pytest.raises(Needs, match="%ptT"):
        pointers.pointer(guest, place, b"tT", Spec())


def test_what_points_to_a_name_or_a_number(guest: Guest) -> None:
    """%pC, %pNF, %pus, %pks, and what is said where there is nothing to print."""
    core, clock, features = guest.heap.kmalloc(8), guest.heap.kmalloc(8), guest.heap.kmalloc(8)
    guest.memory.put(core, guest.new_text(b"osc24m"), 8)
    guest.memory.put(clock, core, 8)
    guest.memory.put(features, 0xC000, 8)
    for place, letters, spec, expected in (
        (clock, b"C", Spec(width=8), b"  osc24m"),
        (features, b"NF", Spec(), b"0x000000000000c000"),
        (features, b"N", Spec(), b"(%pN?)"),
        (guest.new_text(b"text"), b"us", Spec(precision=3), b"tex"),
        (guest.new_text(b"text"), b"ks", Spec(), b"text"),
        (guest.new_text(b"text"), b"u", Spec(), b"(einval)"),
        (features, b"OF", Spec(), b"(%pOF?)"),
        (features, b"O", Spec(), b"(%pO?)"),
        (features, b"f", Spec(), b"(%pf?)"),
        (0, b"fw", Spec(), b"(null)"),
    ):
        assert pointers.pointer(guest, place, letters, spec) == expected, letters
    with pytest.raises(Needs, match="%pfw"):
        pointers.pointer(guest, features, b"fw", Spec())
