"""Tests of modtools/emulate/printf/pointers.py."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.printf import flagnames, pointers
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import has, new
from modtools.kernel.files.paths import lookup
from tests.emulated import both_kernels, words
from tests.properties import examples

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
        (b"I6cx", "fe80" + "00" * 12 + "0001", b"fe80::1"),
        (b"i6c", "fe80" + "00" * 12 + "0001", b"fe800000000000000000000000000001"),
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
        (features, b"OFfn", Spec(), b"(%pOF?)"),
        (features, b"O", Spec(), b"(%pO?)"),
        (features, b"OxF", Spec(), b"(%pO?)"),
        (features, b"f", Spec(), b"(%pf?)"),
        (features, b"fxw", Spec(), b"(%pf?)"),
        (0, b"fw", Spec(), b"(null)"),
        (0, b"fwP", Spec(), b"(null)"),
    ):
        assert pointers.pointer(guest, place, letters, spec) == expected, letters
    with pytest.raises(Needs, match="%pfw"):
        pointers.pointer(guest, features, b"fw", Spec())


@examples(60)
@given(st.integers(0, 140), st.integers(0, (1 << 140) - 1))
def test_bitmaps(guest: Guest, bits: int, value: int) -> None:
    """%*pb: words of 32 bits, the first with no more digits than it needs; %*pbl: ranges that give the bits back."""
    place = words(guest, *(value >> at & (1 << 64) - 1 for at in range(0, 192, 64)))
    told = pointers.pointer(guest, place, b"b", Spec(width=bits))
    digits = f"{value & (1 << bits) - 1:0{-(-bits // 4)}x}" if bits else ""
    first = (len(digits) - 1) % 8 + 1
    assert told.decode() == ",".join([digits[:first], *(digits[at : at + 8] for at in range(first, len(digits), 8))])
    ranges = pointers.pointer(guest, place, b"bl", Spec(width=bits)).decode()
    found = set()
    for part in ranges.split(",") if ranges else []:
        low, _, high = part.partition("-")
        assert not high or int(high) > int(low)
        assert int(low) - 1 not in found
        found |= set(range(int(low), int(high or low) + 1))
    assert found == {bit for bit in range(bits) if value >> bit & 1}


@given(st.binary(min_size=16, max_size=16))
def test_identifiers_and_cards(guest: Guest, raw: bytes) -> None:
    """%pUb, %pUl and their capitals as Python's uuid has them; %pM and its kin with their separators and orders."""
    place = guest.heap.kmalloc(16)
    guest.memory.write(place, raw)
    for letters, expected in {
        "U": str(UUID(bytes=raw)), "Ub": str(UUID(bytes=raw)), "Ul": str(UUID(bytes_le=raw)),
        "UB": str(UUID(bytes=raw)).upper(), "UL": str(UUID(bytes_le=raw)).upper(), "M": raw[:6].hex(":"),
        "MR": raw[5::-1].hex(":"), "MF": raw[:6].hex("-"), "m": raw[:6].hex(), "mR": raw[5::-1].hex(),
    }.items():  # fmt: skip
        assert pointers.pointer(guest, place, letters.encode(), Spec()).decode() == expected, letters
        assert pointers.pointer(guest, place, letters.encode(), Spec(width=40)).decode() == expected.rjust(40)


@pytest.mark.parametrize("restrict", [0, 1, 2])
def test_pointers_that_few_may_see(guest: Guest, restrict: int) -> None:
    """%pK: as %p, the address, or zeros, as `kptr_restrict` says; in a field of its own, without zeros before it."""
    lookup(guest.kernel, "/proc/sys/kernel/kptr_restrict").write(b"%d" % restrict)
    address = 0xFFFF888000001234
    told = pointers.pointer(guest, address, b"K", Spec())
    assert told == [pointers.pointer(guest, address, b"", Spec()), b"ffff888000001234", b"0" * 16][restrict]
    assert pointers.pointer(guest, address, b"K", Spec(width=18)) == (told.lstrip(b"0") or b"0").rjust(18)


def test_errors_by_their_names(guest: Guest) -> None:
    """%pe: a name with a minus where there is one, else the number; what is no error is hashed."""
    for number, expected in ((2, b"-ENOENT"), (4095, b"-4095"), (517, b"-EPROBE_DEFER")):
        assert pointers.pointer(guest, (1 << 64) - number, b"e", Spec()) == expected
    assert pointers.pointer(guest, (1 << 64) - 2, b"e", Spec(width=9)) == b"  -ENOENT"
    address = (1 << 64) - 4096
    assert pointers.pointer(guest, address, b"e", Spec()) == pointers.pointer(guest, address, b"", Spec())


def test_addresses_by_reference(guest: Guest) -> None:
    """%pa: all of a number of 64 bits, with 0x."""
    for value in (0, 0x1234, (1 << 64) - 1):
        assert pointers.pointer(guest, words(guest, value), b"a", Spec()) == b"0x%016x" % value


def test_names_of_files(guest: Guest) -> None:
    """%pd: a dentry's, with so many of the folders above, up to the root, whose name is a slash; %pD: a file's."""
    root, folder, leaf = (new(guest, "dentry") for _ in range(3))
    for row, name, above in ((root, b"/", root), (folder, b"dir", root), (leaf, b"leaf", folder)):
        row.d_name.name, row.d_parent = guest.new_text(name), above.address()
    file, empty = new(guest, "file"), new(guest, "file")
    file.f_path.dentry = leaf.address()
    for letters, expected in (
        ("d", b"leaf"),
        ("d1", b"leaf"),
        ("d2", b"dir/leaf"),
        ("d3", b"/dir/leaf"),
        ("d4", b"/dir/leaf"),
    ):
        assert pointers.pointer(guest, leaf.address(), letters.encode(), Spec()) == expected
        assert pointers.pointer(guest, file.address(), letters.replace("d", "D").encode(), Spec()) == expected
    assert pointers.pointer(guest, root.address(), b"d", Spec()) == b"/"
    assert pointers.pointer(guest, empty.address(), b"D", Spec(width=8)) == b"  (null)"


def test_flags_that_have_names(guest: Guest) -> None:
    """%pGp, %pGv and %pGg, each of a number of its own size; another letter is a mistake."""
    place = words(guest, 1 << 63 | 1)
    assert pointers.pointer(guest, place, b"Gp", Spec()) == flagnames.spell_page(1 << 63 | 1).encode()
    assert pointers.pointer(guest, place, b"Gv", Spec()) == flagnames.spell(1 << 63 | 1, flagnames.AREA).encode()
    assert pointers.pointer(guest, place, b"Gg", Spec()) == flagnames.spell(1, flagnames.ALLOCATION).encode()
    with pytest.raises(Needs, match="%pGx"):
        pointers.pointer(guest, place, b"Gx", Spec())


@pytest.mark.parametrize("letters", "R r b bl M mF I4 i6 IS U a d D2 g N C 4cc E tR tT h ks".split())
def test_bad_pointers_are_told(guest: Guest, letters: str) -> None:
    """In the place of what they would lead to: NULL, the first page, and errors; as text of a field."""
    for address, told in ((0, b"(null)"), (8, b"(efault)"), (4095, b"(efault)"), ((1 << 64) - 2, b"(efault)")):
        assert pointers.pointer(guest, address, letters.encode(), Spec(width=10)) == told.rjust(10)
        assert vsprintf(guest, b"%pV", Arguments(guest.memory, [address], 0)) == told


def test_a_format_in_a_format(guest: Guest) -> None:
    """%pV: with values of its own, which others can read again."""
    row = new(guest, "va_format")
    row.fmt, values = guest.new_text(b"%d-%s"), words(guest, 7, guest.new_text(b"x"))
    row.va = words(guest, 48 | 48 << 32, values, 0)
    for _ in range(2):
        text = vsprintf(guest, b"<%pV|%u>", Arguments(guest.memory, [row.address(), 9], 0))
        assert text == b"<7-x|9>"
