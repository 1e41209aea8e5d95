"""What a module says of itself, in every form that Linux has had, on every kind of machine."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from modtools.errors import FormatError
from modtools.formats.elf import ElfFile
from modtools.module import Import, Module, Param, SectionOffset, read_module
from tests import reference
from tests.samples import KO, SAMPLES, patched, section_field

SPACES_MISSING = {"aarch64-prel", "x86_64-pointers"}
HELLO = KO / "hello_export.ko"


def module(name: str) -> Module:
    """A module of the recorded sessions."""
    return read_module(KO / f"{name}.ko")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_exports_are_the_same_in_all_forms(path: Path) -> None:
    """Names, CRCs, GPL-only, namespace and place: from differences and pointers, from CRCs in plain and relocated."""
    sample = read_module(path)
    names = [section.name for section in sample.elf.sections]
    found = [
        (export.name, export.crc, export.gpl, export.namespace, names[export.section], export.value)
        for export in sample.exports
    ]
    assert found == [
        ("alpha", 0x11223344, False, "", ".text", 16),
        ("beta", 0xFEDCBA98, False, "" if path.stem in SPACES_MISSING else "SAMPLE_NS", ".data", 8),
        ("gamma", 7, True, "", ".data", 32),
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_rest_is_the_same_on_all_machines(path: Path) -> None:
    """Imports, versions, parameters, name, init and exit do not depend on class, byte order, REL or RELA."""
    sample = read_module(path)
    data = next(section.index for section in sample.elf.sections if section.name == ".data")
    assert set(sample.imports) >= {Import("needed", weak=False), Import("maybe", weak=True)}
    assert sample.versions == (("module_layout", 0x89ABCDEF), ("needed", 1))
    assert sample.params == (
        Param("number", 0o644, -1, 0, "param_ops_int", SectionOffset(data, 16), 0),
        Param("text", 0o400, 5, 1, "param_ops_charp", SectionOffset(data, 24), 1),
    )
    assert (sample.name, sample.has_init, sample.has_exit) == ("sample", True, True)
    assert sample.vermagic == "6.1.0 SMP mod_unload modversions "
    assert sample.licenses == ("GPL",)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_pointer_is_followed_on_all_machines(path: Path) -> None:
    """`pointer` tells symbol and addend of a place that is relocated, and None of a place that is not."""
    sample = read_module(path)
    (refs,) = (section.index for section in sample.elf.sections if section.name == ".data.refs")
    width = sample.elf.header.bits // 8
    needed, weak, text = (sample.pointer(refs, width * place) for place in range(3))
    assert needed
    assert (needed[0].name, needed[1]) == ("needed", 0)
    assert weak
    assert weak[0].name == "maybe"
    assert text
    # An assembler may name the section or the symbol in it.
    assert text[0].value + text[1] == 32
    assert sample.pointer(refs, 3 * width) is None


def test_a_stripped_module_exports_the_same() -> None:
    """Without the symbols __ksymtab_NAME and __crc_NAME (strip --strip-unneeded) names and CRCs are still known."""
    stripped = read_module(KO / "bad/strip_unneeded.ko")
    assert not [symbol for symbol in stripped.elf.symbols if symbol.name.startswith("__ksymtab_")]
    assert [(export.name, export.crc) for export in stripped.exports] == [("hello_export", 0xBFEC5545)]
    assert stripped.symvers("hello_export.ko") == module("hello_export").symvers("hello_export.ko")


def test_a_module_without_functions() -> None:
    """A module with neither init nor exit has neither."""
    noinit, exit_only, permanent = module("noinit"), module("exit_only"), module("permanent")
    assert (noinit.has_init, noinit.has_exit) == (False, False)
    assert (exit_only.has_init, exit_only.has_exit) == (False, True)
    assert (permanent.has_init, permanent.has_exit) == (True, False)


def test_the_name_is_that_in_struct_module() -> None:
    """Neither the file's name nor .modinfo's is the module's; without struct module it is empty."""
    assert read_module(KO / "bad/inner_name.ko").name != "hello_export"
    assert read_module(KO / "bad/inner_name.ko").elf.read(".gnu.linkonce.this_module")
    for name in ("no_this_module", "zero_this_module", "empty_name"):
        assert read_module(KO / f"bad/{name}.ko").name == ""
    assert module("dash-name").name == "dash_name"


def test_modinfo_is_in_its_order() -> None:
    """The pairs of .modinfo in their order; the first value counts where one is asked for."""
    alias = module("alias_mod")
    assert alias.infos("alias") == tuple(value for key, value in alias.modinfo if key == "alias")
    assert len(alias.infos("alias")) > 1
    assert alias.info("alias") == alias.infos("alias")[0]
    assert alias.info("nothing") is None
    assert module("ns_user").namespaces == ("ORACLE_NS",)
    assert read_module(KO / "bad/no_modinfo.ko").modinfo == ()


def extended(crcs: bytes, names: bytes) -> Module:
    """hello_export with the version tables of Linux 6.14 in place of two of its sections."""
    data = HELLO.read_bytes()
    elf = ElfFile.open(data)
    start = len(data) + -len(data) % 8
    replaced = {".comment": ("__version_ext_crcs", crcs), ".note.Linux": ("__version_ext_names", names)}
    sections = []
    for section in elf.sections:
        if section.name in replaced:
            name, content = replaced[section.name]
            data = data.ljust(start, b"\0") + content
            section = section._replace(name=name, offset=start, size=len(content), type=1)
            start = len(data)
        sections.append(section)
    return Module(ElfFile(data, elf.header, tuple(sections)))


def test_extended_versions_go_before_the_basic_ones() -> None:
    """The tables of Linux 6.14 are read where they are, and hold names that are too long for __versions."""
    long = "a_name_of_more_than_the_fifty_five_bytes_that_the_basic_table_has_room_for"
    both = extended(b"\1\0\0\0\xff\xff\xff\xff", f"first\0{long}\0".encode())
    assert both.versions == (("first", 1), (long, 0xFFFFFFFF))
    assert ("module_layout", 0x905FB2FF) not in both.versions
    assert extended(b"\1\0\0\0\2\0\0\0", b"one\0").versions == (("one", 1),)


def test_compressed_files_are_told_by_magic_number(tmp_path: Path) -> None:
    """What is compressed is unpacked whatever its name, and what is not is not."""
    for path in (*KO.glob("hello_export.ko.*"), KO / "bad/xz_named_ko.ko"):
        assert read_module(path).name == "hello_export"
    misnamed = tmp_path / "m.xz"
    misnamed.write_bytes(gzip.compress(HELLO.read_bytes()))
    assert read_module(misnamed).exports == module("hello_export").exports


@pytest.mark.parametrize("content", [b"", b"x", b"\x1f\x8b", b"\xfd7zXZ\0", b"\x7fELF"])
def test_files_that_are_no_modules(tmp_path: Path, content: bytes) -> None:
    """An empty file, a text and the mere beginnings of formats raise FormatError."""
    path = tmp_path / "bad.ko"
    path.write_bytes(content)
    with pytest.raises(FormatError):
        read_module(path)


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    """A file that cannot be opened raises OSError, which names it."""
    with pytest.raises(FileNotFoundError, match="missing"):
        read_module(tmp_path / "missing.ko")


def test_damage_is_told_when_it_is_met() -> None:
    """A module whose __param lies outside the file still tells everything else."""
    data = (KO / "params_all.ko").read_bytes()
    elf = ElfFile.open(data)
    bad = Module.from_bytes(patched(data, section_field(elf, "__param", "size"), "<Q", 1 << 40))
    assert bad.name == "params_all"
    with pytest.raises(FormatError):
        _ = bad.params


@pytest.mark.debian
def test_debians_versions_fit_their_imports(debian_tree: Path) -> None:
    """Every import of a Debian module has a CRC; a module has CRCs of no more than these and module_layout."""
    modules = sorted((debian_tree / "lib/modules" / reference.RELEASE / "kernel/fs").rglob("*.ko"))
    assert len(modules) > 100
    for path in modules:
        one = read_module(path)
        assert {name for name, _ in one.versions} == {entry.name for entry in one.imports} | {"module_layout"}
        assert one.name.replace("_", "-") == path.stem.replace("_", "-")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs")
def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    """A device and a FIFO are no module files, whoever asks for one."""
    os.mkfifo(fifo := tmp_path / "fifo.ko")
    for path in ("/dev/zero", fifo):
        with pytest.raises(OSError, match="Not a regular file"):
            read_module(path)
