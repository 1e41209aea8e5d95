"""The kernel's functions for texts: options, digits, escapes, sscanf, times."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.cpu.x86_64.names import NAMES, RDX
from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.lib import clear_page_64
from modtools.emulate.linux.kernel.time import time, timeconv
from modtools.emulate.linux.lib import argv_split, cmdline, crc_ccitt, glob, hexdump, kstrtox, string_helpers, vsprintf
from modtools.emulate.memory import address_space
from modtools.emulate.printf import escapes
from modtools.link.memory import PAGE, READ, WRITE
from modtools.linuxerrno import EFAULT, EINVAL, ERANGE

pytest.importorskip("unicorn")


def caller(guest: Guest, data: bytes) -> int:
    """Memory of the calling program's with this in it."""
    if not guest.memory.mapped(address_space.USER):
        guest.memory.map(address_space.USER, PAGE, READ | WRITE)
    guest.memory.write(address_space.USER, data)
    return address_space.USER


@pytest.mark.parametrize(
    ("written", "value", "rest"),
    [
        (b"64K", 65536, b""),
        (b"2Gx", 2 << 30, b"x"),
        (b"0x10m", 16 << 20, b""),
        (b"1 K", 1, b" K"),
        (b"x", 0, b"x"),
        (b"32E", 0, b""),
    ],
)
def test_sizes_have_suffixes(guest: Guest, written: bytes, value: int, rest: bytes) -> None:
    """Each suffix is 1024 of the one before; what does not fit into 64 bits is cut."""
    end = guest.heap.kmalloc(8)
    assert cmdline.memparse(guest, guest.new_text(written), end) == value
    assert guest.memory.text(guest.memory.u64(end)) == rest


@pytest.mark.parametrize(
    ("written", "numbers", "rest"),
    [
        (b"1,2,5-7", [1, 2, 5, 6, 7], b""),
        (b"-4,0x10 8", [-4, 16], b" 8"),
        (b"7-5,1", [], b"5,1"),
        (b"", [], b""),
        (b"1,2,3,4,5,6,7,8,9", [1, 2, 3, 4, 5, 6, 7], b"8,9"),
    ],
)
def test_lists_of_numbers(guest: Guest, written: bytes, numbers: list[int], rest: bytes) -> None:
    """The first element is their count, ranges are spelled out, and what has no room is left."""
    table = guest.heap.kmalloc(64)
    end = cmdline.get_options(guest, guest.new_text(written), 8, table)
    assert [guest.memory.s32(table + 4 * at) for at in range(1, 1 + guest.memory.s32(table))] == numbers
    assert guest.memory.text(end) == rest


def test_words_are_split(guest: Guest) -> None:
    """argv_split() gives each word by itself, with NULL at the end, and argv_free() takes all of it back."""
    count = guest.heap.kmalloc(4)
    table = argv_split.argv_split(guest, 0, guest.new_text(b" one two\t three "), count)
    found = [guest.text(guest.memory.u64(table + 8 * at)) for at in range(guest.memory.s32(count))]
    assert (found, guest.memory.u64(table + 24)) == (["one", "two", "three"], 0)
    argv_split.argv_free(guest, table)
    assert guest.heap.size(table - 8) == 0


def test_arguments_may_be_quoted(guest: Guest) -> None:
    """Quotes hold blanks together and are taken away, around the value as around the whole."""
    found, names = [], guest.heap.kmalloc(16)
    text = guest.new_text(b'a=1  b="x y" "c=z w" d')
    while guest.memory.u8(text):
        text = cmdline.next_arg(guest, text, names, names + 8)
        found.append([guest.text(at) if at else None for at in (guest.memory.u64(names), guest.memory.u64(names + 8))])
    assert found == [["a", "1"], ["b", "x y"], ["c", "z w"], ["d", None]]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (b"*.c", b"x.c", True),
        (b"?", b"ab", False),
        (b"[!a-c]x", b"dx", True),
        (b"[!a-c]x", b"bx", False),
        (b"[]-a]", b"^", True),
        (b"[a-]", b"-", True),
        (b"a[b", b"a[b", True),
        (rb"\*", b"*", True),
        (rb"\*", b"x", False),
        (b"*ab*b", b"xabbab", True),
        (b"", b"", True),
    ],
)
def test_globs(pattern: bytes, text: bytes, fits: bool) -> None:
    """Patterns as the comments of lib/glob.c tell them."""
    assert glob.matches(pattern, text) is fits


def test_digits_are_read_until_a_wrong_one(guest: Guest) -> None:
    """hex2bin() gives an error, and what bin2hex() wrote is read back."""
    place, target = guest.heap.kmalloc(8), guest.heap.kmalloc(8)
    assert hexdump.hex2bin(guest, place, guest.new_text(b"deadBEEF"), 4) == 0
    assert hexdump.bin2hex(guest, target, place, 4) == target + 8
    assert guest.memory.read(target, 8) == b"deadbeef"
    assert hexdump.hex2bin(guest, place, guest.new_text(b"00x1"), 2) == -EINVAL
    assert guest.memory.read(place, 4) == bytes.fromhex("00adbeef")
    assert [hexdump.digit(code) for code in b"0aFg"] == [0, 10, 15, -1]


def test_a_row_of_a_dump_is_cut_to_its_room(guest: Guest) -> None:
    """The length of the whole is told in any case."""
    data, line = guest.new_text(b"abc\n"), guest.heap.kmalloc(64)
    assert hexdump.hex_dump_to_buffer(guest, data, 4, 16, 1, line, 64, 1) == 16 * 2 + 16 + 1 + 4
    assert guest.memory.text(line) == b"61 62 63 0a".ljust(49) + b"abc."
    assert hexdump.hex_dump_to_buffer(guest, data, 4, 16, 4, line, 6, 0) == 8
    assert guest.memory.text(line) == b"0a636"


@pytest.mark.parametrize(
    ("size", "block", "binary", "expected"),
    [
        (1536, 512, True, "768 KiB"),
        (1000, 1000, False, "1.00 MB"),
        (5, 1, True, "5.00 B"),
        (1048575, 1, True, "1024 KiB"),
        (16384, 7500, True, "117 MiB"),
        (8192, 4096, False, "33.6 MB"),
        (0, 512, True, "0 B"),
    ],
)
def test_readable_sizes(size: int, block: int, binary: bool, expected: str) -> None:
    """Three digits and a unit; some of these are the cases of lib/test-string_helpers.c."""
    assert string_helpers.readable(size, block, binary) == expected


def test_escapes_by_their_classes() -> None:
    """What the classes do to bytes, and what `only` does with and without ESCAPE_APPEND."""
    any_class = escapes.SPACE | escapes.SPECIAL | escapes.NULL | escapes.OCTAL
    assert escapes.escape(b"a\n", any_class, b"") == rb"\141\n"
    assert escapes.escape(b"a\n\x01\0", any_class | escapes.NP, b"") == rb"a\n\001\0"
    assert escapes.escape(b'a"b', escapes.HEX, b'"') == rb"a\x22b"
    assert escapes.escape(b"a\xe4b", escapes.HEX | escapes.NA, b"") == rb"a\xe4b"
    append = escapes.HEX | escapes.NP | escapes.APPEND
    assert escapes.escape(b"a b\n", append, b" ") == rb"a\x20b\x0a"


@given(st.binary(max_size=40))
def test_what_was_escaped_is_read_back(raw: bytes) -> None:
    """Unescaping is the reverse of escaping, for any bytes."""
    every = escapes.SPACE | escapes.SPECIAL | escapes.NULL | escapes.OCTAL
    for flags in (every, escapes.HEX):
        assert string_helpers.unescape(escapes.escape(raw, flags, b""), 0, 15) == raw


def test_unescaping_stops_at_its_size() -> None:
    """The size counts the letters read; unknown escapes stay, and a backslash at the end is one."""
    assert string_helpers.unescape(rb"\tb\x41\400\q", 0, 15) == b"\tbA\x200\\q"
    assert string_helpers.unescape(rb"abcdef", 4, 15) == b"abc"
    assert string_helpers.unescape(b"a\\", 0, 15) == b"a\\"
    assert string_helpers.unescape(rb"\n\101", 0, 1) == b"\n\\101"


def test_numbers_from_a_caller(guest: Guest) -> None:
    """They end with the count, an address that is not there is -EFAULT, and what does not fit is told."""
    from modtools.emulate.symbols.registry import find

    found, result = find("kstrtoint_from_user"), guest.heap.kmalloc(8)
    handler = getattr(found, "handler")  # noqa: B009 - whatever kind of entry it is
    assert handler(guest, caller(guest, b"1234"), 3, 10, result) == 0
    assert guest.memory.s32(result) == 123
    assert handler(guest, 8, 3, 10, result) == -EFAULT
    assert handler(guest, caller(guest, b"99999999999\n"), 12, 10, result) == -ERANGE
    assert kstrtox.kstrtobool_from_user(guest, caller(guest, b"off\n"), 4, result) == 0


def sscanf(guest: Guest, text: bytes, pattern: bytes, count: int) -> tuple[int, list[bytes]]:
    """What sscanf() gives, and the first sixteen bytes of each place."""
    places = [guest.heap.kmalloc(16) for _ in range(count)]
    found = vsprintf.scan(guest, text, pattern, Arguments(guest.memory, places, 0))
    return found, [guest.memory.read(place, 16).rstrip(b"\0") for place in places]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        (b"42 hello 0x1f", b"%d %s %x", (3, [b"*", b"hello", b"\x1f"])),
        (b"abc123", b"%3[abc]%d", (2, [b"abc", b"{"])),
        (b"abc123", b"%[abc]%d", (0, [b"", b""])),
        (b"a-b]", b"%9[^b]%c", (2, [b"a-", b"b"])),
        (b"ab", b"%9[^]]", (0, [b""])),
        (b"1,2 3", b"%*d,%d %d", (1, [b"\x03", b""])),
        (b"-5", b"%u", (0, [b""])),
        (b"+5", b"%d", (0, [b""])),
        (b"-0x1", b"%i", (1, [b"\xff\xff\xff\xff"])),
        (b"123456", b"%3d%2d", (2, [b"{", b"-"])),
        (b"017 9", b"%i%o", (1, [b"\x0f", b""])),
        (b"ab", b"%hhx%n", (1, [b"\xab", b"\x02"])),
        (b"", b"%d", (0, [b""])),
    ],
)
def test_sscanf(guest: Guest, text: bytes, pattern: bytes, expected: tuple[int, list[bytes]]) -> None:
    """As the kernel reads: brackets need a width, unsigned has no sign, `*` skips to the next blank."""
    assert sscanf(guest, text, pattern, len(expected[1])) == expected


@given(st.integers(-(10**11), 10**11), st.integers(-86400, 86400))
def test_the_calendar_is_that_of_python(seconds: int, offset: int) -> None:
    """Each day is where `datetime` has it, and back again."""
    days = (seconds + offset) // 86400
    assert timeconv.days_of(*timeconv.civil(days)) == days
    if -719162 <= days <= 2932896:
        then = datetime.date(1970, 1, 1) + datetime.timedelta(days)
        assert timeconv.civil(days) == (then.year, then.month, then.day)


def test_time_is_broken_down(guest: Guest) -> None:
    """A second before 2000 by a clock an hour ahead; the weekday and the day of the year are right."""
    from modtools.emulate.symbols.structs import new

    row = new(guest, "tm")
    timeconv.time64_to_tm(guest, 946684799 - 3600, 3600, row.address())
    assert (row.tm_year, row.tm_mon, row.tm_mday, row.tm_hour, row.tm_min, row.tm_sec) == (99, 11, 31, 23, 59, 59)
    assert (row.tm_wday, row.tm_yday) == (5, 364)
    assert time.mktime64(guest, 1999, 12, 31, 23, 59, 59) == 946684799
    guest.frame = [0] * len(NAMES)
    assert (time.ns_to_timespec64(guest, -1), guest.frame[RDX]) == (-1, 999_999_999)
    assert time.jiffies_to_clock(guest, 250) == 100


def test_sums_of_sixteen_bits(guest: Guest) -> None:
    """The check values of CRC-16/KERMIT and CRC-16/CCITT-FALSE, and the tables agree with the functions."""
    text = guest.new_text(b"123456789")
    assert crc_ccitt.crc_ccitt(guest, 0, text, 9) == 0x2189
    assert crc_ccitt.crc_ccitt_false(guest, 0xFFFF, text, 9) == 0x29B1
    table = guest.heap.kmalloc(512)
    crc_ccitt.crc_ccitt_table(guest, table)
    assert guest.memory.read(table + 2 * 0x31, 2) == crc_ccitt.crc_ccitt(guest, 0, text, 1).to_bytes(2, "little")


def test_clearing_answers_in_a_register(guest: Guest) -> None:
    """What is left stands in RCX, behind what was cleared RDI; RAX is as it was."""
    rcx, rdi, rax = (NAMES.index(name) for name in ("rcx", "rdi", "rax"))
    guest.frame = [0] * len(NAMES)
    place = caller(guest, b"abcdef")
    guest.frame[rdi], guest.frame[rcx] = place, 3
    assert clear_page_64.clear_user_inline(guest) == guest.frame[rax] == 0
    assert (guest.memory.read(place, 6), guest.frame[rcx], guest.frame[rdi]) == (b"\0\0\0def", 0, place + 3)
    guest.frame[rdi], guest.frame[rcx] = 8, 3
    clear_page_64.clear_user_inline(guest)
    assert (guest.frame[rcx], guest.frame[rdi]) == (3, 8)
