"""The built-in kernel profile equals Debian's kernel, and its table of symbols gives back what was put in."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools import profiles
from modtools.errors import FormatError, PymodError
from modtools.formats import signature
from modtools.profiles import kallsyms, prototypes
from modtools.profiles.exports import ExportedSymbol, decode, encode
from tests.reference import RELEASE, debian13_arm64_tree, debian13_tree, kernel_headers
from tools import profile

_NAMES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=40)
_SYMBOLS = st.builds(
    ExportedSymbol,
    name=_NAMES,
    crc=st.none() | st.integers(0, 2**32 - 1),
    gpl=st.booleans(),
    namespace=st.just("") | _NAMES,
    address=st.none() | st.integers(0, 2**64 - 1),
    type=st.sampled_from("?TRDBAVWSG"),
)


@given(st.lists(_SYMBOLS, unique_by=lambda symbol: symbol.name))
def test_a_table_gives_back_every_symbol(symbols: list[ExportedSymbol]) -> None:
    """What was encoded comes back by name, sorted by name, with each fact that was known and none that was not."""
    table = decode(encode(symbols))
    assert list(table) == sorted(symbols, key=lambda symbol: symbol.name)
    assert [table.get(symbol.name) for symbol in symbols] == symbols
    assert len(table) == len(symbols)


@given(st.lists(_SYMBOLS, unique_by=lambda symbol: symbol.name), _NAMES)
def test_a_name_that_is_not_there_is_not_found(symbols: list[ExportedSymbol], name: str) -> None:
    """A lookup answers None exactly for names that were not encoded, at both ends of the table too."""
    table = decode(encode(symbols))
    assert (table.get(name) is None) == (name not in {symbol.name for symbol in symbols})
    assert table.get("") is None
    assert table.get("\U0010ffff" * 41) is None


def test_the_documented_bytes_are_the_bytes() -> None:
    """The example in the description of the layout is what the encoder writes."""
    data = encode([ExportedSymbol("ab", 0x12345678, False, "", 0xFFFFFFFF81000000, "T")])
    assert struct.unpack("<8s3I", data[:20]) == (b"pymodex1", 1, 2, 0)
    assert zlib.decompress(data[20:]).hex(" ") == "61 62 0e 00 00 78 56 34 12 00 00 00 81 ff ff ff ff"


_ROWS = st.lists(st.tuples(st.integers(0, 2**64 - 1), st.sampled_from("ABDRTVWbdrt"), _NAMES)).map(sorted)


@given(_ROWS)
def test_a_table_of_all_symbols_comes_back(rows: list[kallsyms.Row]) -> None:
    """Address, letter and name of each symbol, in the same order."""
    assert kallsyms.decode(kallsyms.encode(rows)) == rows


def test_the_documented_bytes_of_all_symbols_are_the_bytes() -> None:
    """The example in the description of the layout is what the encoder writes."""
    data = kallsyms.encode([(0x1000, "t", "ab"), (0x1010, "T", "c")])
    assert struct.unpack("<8s2I", data[:16]) == (b"pymodks1", 2, 4)
    assert zlib.decompress(data[16:]).hex(" ") == "61 62 0a 63 74 54 00 10 10 00" + " 00" * 12


@given(st.data(), st.booleans())
def test_a_damaged_table_of_all_symbols_is_refused_or_read(data: st.DataObject, inside: bool) -> None:
    """Cut or changed at any place, in its packed or its unpacked bytes, it is a FormatError or still a table."""
    whole = kallsyms.encode([(at, "t", f"symbol_{at}") for at in range(20)])
    changed = bytearray(zlib.decompress(whole[16:]) if inside else whole)
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] = data.draw(st.integers(0, 255))
    for damaged in (bytes(changed), bytes(changed[:at])):
        try:
            kallsyms.decode(whole[:16] + zlib.compress(damaged) if inside else damaged)
        except FormatError:
            continue


@given(st.integers(1 << 32, (1 << 64) - 1))
def test_a_crc_that_no_kernel_can_have_is_not_known(crc: int) -> None:
    """A damaged module may name a number of 64 bits; the table has none for that symbol, and stays a table."""
    assert list(decode(encode([ExportedSymbol("a", crc, False, "", None)]))) == [
        ExportedSymbol("a", None, False, "", None)
    ]


@given(st.data(), st.booleans())
def test_a_damaged_table_is_refused_or_read_never_a_crash(data: st.DataObject, inside: bool) -> None:
    """Cut or changed at any place, in its packed or its unpacked bytes, a table is a FormatError or still a table."""
    whole = encode([ExportedSymbol(f"symbol_{at}", at, bool(at % 2), "NS", at) for at in range(20)])
    changed = bytearray(zlib.decompress(whole[20:]) if inside else whole)
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] = data.draw(st.integers(0, 255))
    for damaged in (bytes(changed), bytes(changed[:at])):
        try:
            list(decode(whole[:20] + zlib.compress(damaged) if inside else damaged))
        except FormatError:
            continue


def test_an_unknown_profile_names_those_that_there_are() -> None:
    """The error for a profile that does not exist tells which do."""
    with pytest.raises(PymodError, match=r"'minix'.*debian-6\.1\.0-56-amd64"):
        profiles.load("minix")


def test_vermagic_ends_in_a_blank() -> None:
    """The text that a module's vermagic is compared with keeps the blank that Linux writes at its end."""
    assert profiles.load().vermagic == "6.1.0-56-amd64 SMP preempt mod_unload modversions "


def test_the_kernel_shows_the_parameters_of_what_is_compiled_in() -> None:
    """/sys/module/printk/parameters/time reads Y, as it was recorded on the real kernel."""
    parameters = {row.name: row for row in profiles.load().builtin["printk"].parameters}
    assert parameters["time"] == ("time", "bool", "Y", 0o644)
    assert "8250" in profiles.load().builtin


@pytest.mark.headers
def test_the_symbols_are_those_that_modules_are_built_against() -> None:
    """Every vmlinux line of the headers' Module.symvers, and no other, is in the profile: CRC, GPL-only, namespace."""
    lines = (line.split("\t") for line in (kernel_headers() / "Module.symvers").read_text().splitlines())
    built = {
        name: (int(crc, 16), export == "EXPORT_SYMBOL_GPL", namespace)
        for crc, name, origin, export, namespace in lines
        if origin == "vmlinux"
    }
    exports = profiles.load().exports
    assert {symbol.name: (symbol.crc, symbol.gpl, symbol.namespace) for symbol in exports} == built


@pytest.mark.debian
def test_the_profile_is_what_its_generator_makes_of_debians_kernel(debian_tree: Path) -> None:
    """Reading Debian's boot image again gives the profile's files, byte for byte."""
    known = profiles.load().files
    made = profile.files(debian_tree)
    assert {name: known.read(name) for name in made} == made


@pytest.mark.debian13
def test_the_profile_of_debian_13_is_what_its_generator_makes() -> None:
    """The same of Debian 13's kernel."""
    known = profiles.load("debian-13").files
    made = profile.files(debian13_tree())
    assert {name: known.read(name) for name in made} == made


@pytest.mark.debian13arm64
def test_the_profile_for_arm64_is_what_its_generator_makes() -> None:
    """The same of Debian 13's kernel for arm64, whose code is not run: there are no structures and no prototypes."""
    known = profiles.load("debian-13-arm64").files
    made = profile.files(debian13_arm64_tree())
    assert {name: known.read(name) for name in made} == made
    assert profiles.load("debian-13-arm64").unknown == {"structures", "prototypes"}
    assert not {"structs.jsonl", "prototypes.bin"} & made.keys()


def test_a_profile_has_a_short_name() -> None:
    """Debian's release stands for the kernel that it has; the default is named as ever."""
    assert profiles.load("debian-12") is profiles.load() is profiles.load(profiles.DEFAULT)
    assert profiles.load("debian-13").release == "6.12.118+deb13-amd64"
    assert profiles.load("debian-13-arm64").machine == "aarch64"
    with pytest.raises(PymodError):
        profiles.load("")


def test_declarations_are_those_of_each_kernel() -> None:
    """bus_register() got a const after 6.1; words, "..." and no parameters are written as C has it."""
    old, new = (profiles.load(name).prototypes for name in ("debian-12", "debian-13"))
    assert old["bus_register"] == "int bus_register(struct bus_type *bus)"
    assert new["class_create"] == "struct class *class_create(const char *name)"
    assert new["bus_register"] == "int bus_register(const struct bus_type *bus)"
    assert new["_printk"] == "int _printk(const char *fmt, ...)"
    assert new["console_lock"] == "void console_lock(void)"
    assert prototypes.decode(prototypes.encode(new)) == new


@pytest.mark.parametrize("data", [b"", b"pymodpt1", b"pymodpt1 not packed", b"pymodpt2"])
def test_a_damaged_table_of_declarations_is_refused(data: bytes) -> None:
    """What is no table is a FormatError."""
    with pytest.raises(FormatError):
        prototypes.decode(data)


def test_a_folder_without_a_kernel_is_refused_with_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The generator says what it looked for, and writes no profile."""
    assert profile.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"tools.profile: {tmp_path}/boot has 0 files vmlinuz-RELEASE, not one\n"


@pytest.mark.debian
def test_the_trusted_certificates_are_the_ones_that_debian_signs_with(debian_tree: Path) -> None:
    """The signature of a module of the same package is good by the profile's certificates."""
    module = (debian_tree / f"lib/modules/{RELEASE}/kernel/drivers/net/dummy.ko").read_bytes()
    size, trailer = signature.split(module)
    assert trailer is not None
    keys = [key for certificate in profiles.load().certificates for key in signature.certificates(certificate)]
    verdict = signature.verify(module[:size], signature.parse(trailer.signature), keys)
    assert verdict is signature.Verdict.GOOD


def test_a_symbol_has_the_letter_of_the_kernels_table() -> None:
    """Functions, weak ones, variables and per-cpu variables are told apart as /proc/kallsyms tells them."""
    names = {"_printk": "T", "abort": "W", "jiffies": "D", "zero_pfn": "D", "__preempt_count": "A"}
    exports = profiles.load().exports
    assert {name: symbol.type for name in names if (symbol := exports.get(name))} == names
