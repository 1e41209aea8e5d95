"""Room for PLT and GOT in modules of riscv64: counted once more by pyelftools, in modules that Debian built."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from elftools.elf.elffile import ELFFile
from elftools.elf.relocation import RelocationSection

from modtools.formats import compression
from modtools.formats.elf import ElfFile
from modtools.formats.elfvalues import SHF_ALLOC, SHF_EXECINSTR, SHT_NOBITS, SHT_RELA
from modtools.link.machines import relocations_of
from tests import reference
from tests.samples import SAMPLES

TREE = reference.module_trees() / "trixie-riscv64"


def counted(data: bytes, calls: tuple[int, ...]) -> tuple[int, int]:
    """How many distinct calls by a PLT there are in code, and how many addresses in a GOT, each section by itself."""
    elf = ELFFile(BytesIO(data))
    plts = gots = 0
    for table in elf.iter_sections():
        if isinstance(table, RelocationSection) and elf.get_section(table["sh_info"])["sh_flags"] & SHF_EXECINSTR:
            seen: list[tuple[int, int]] = []
            for entry in table.iter_relocations():
                row = (entry["r_info"], entry["r_addend"])
                if row not in seen:
                    seen.append(row)
                    plts += entry["r_info_type"] in calls
                    gots += entry["r_info_type"] == 20
    return plts, gots


def with_sections(elf: ElfFile) -> ElfFile:
    """The module as a kernel with MODULE_SECTIONS has it linked: a byte in each of three more sections."""
    like = next(section for section in elf.sections if section.name == ".text")
    count = len(elf.sections)
    more = [like._replace(name=name, index=count + at, size=1) for at, name in enumerate((".plt", ".got", ".got.plt"))]
    return ElfFile(elf.data, elf.header, (*elf.sections, *more))


@pytest.mark.trees
@pytest.mark.parametrize(("release", "calls"), [("6.1.0", (19,)), ("6.12.0", (19, 59))])
def test_each_distinct_relocation_has_an_entry(release: str, calls: tuple[int, ...]) -> None:
    """One more of each stands at the end; the sections are empty in the file, and in memory code and read-only data."""
    if not TREE.is_dir():
        pytest.skip("tests/reference/module-trees trixie-riscv64 was not run")
    kernel = relocations_of("riscv64", release, "")
    assert kernel
    assert kernel.sized
    for path in sorted(TREE.rglob("*.ko*"))[::900]:
        data = compression.decompress(path.read_bytes())
        plts, gots = counted(data, calls)
        found = {section.name: section for section in kernel.sized(with_sections(ElfFile.open(data)), path.stem)}
        assert [found[name].size for name in (".plt", ".got", ".got.plt")] == [
            12 * (plts + 1),
            8 * (gots + 1),
            8 * (plts + 1),
        ]
        assert {found[name].flags for name in (".got", ".got.plt")} == {SHF_ALLOC}
        assert (found[".plt"].type, found[".plt"].addralign) == (SHT_NOBITS, 64)


KINDS = (19, 20, 59, 26, 20, 19)
"""R_RISCV_CALL_PLT, GOT_HI20, PLT32, HI20."""


def with_kinds(data: bytes) -> bytes:
    """A module whose relocations are of these kinds, one after another, of code, and two of them are the same."""
    elf, image = ElfFile.open(data), bytearray(data)
    for table in elf.sections:
        if table.type == SHT_RELA:
            flags = elf.header.shoff + 64 * table.info + 8
            (known,) = struct.unpack_from("<Q", image, flags)
            struct.pack_into("<Q", image, flags, known | SHF_EXECINSTR)
            places = range(table.offset, table.offset + table.size, 24)
            for number, at in enumerate(places):
                (info,) = struct.unpack_from("<Q", image, at + 8)
                struct.pack_into("<Q", image, at + 8, info >> 32 << 32 | KINDS[number % len(KINDS)])
            if len(places) > len(KINDS):
                image[places[6] : places[6] + 24] = image[places[0] : places[0] + 24]
    return bytes(image)


@pytest.mark.parametrize(("release", "calls"), [("6.1.0", (19,)), ("6.12.0", (19, 59))])
def test_entries_are_counted_in_code(release: str, calls: tuple[int, ...]) -> None:
    """Those of each kind that there can be, twice the same once."""
    kernel = relocations_of("riscv64", release, "")
    assert kernel
    assert kernel.sized
    whole = [0, 0]
    for path in (path for path in SAMPLES if path.stem.startswith("riscv64")):
        data = with_kinds(path.read_bytes())
        plts, gots = counted(data, calls)
        whole = [whole[0] + plts, whole[1] + gots]
        found = {section.name: section for section in kernel.sized(with_sections(ElfFile.open(data)), path.stem)}
        sizes = [found[name].size for name in (".plt", ".got", ".got.plt")]
        assert sizes == [12 * (plts + 1), 8 * (gots + 1), 8 * (plts + 1)]
    assert all(whole)


def test_a_module_without_these_sections_stays_as_it_is() -> None:
    """The modules of a kernel that was built without MODULE_SECTIONS have no room."""
    elf = ElfFile.open(next(path for path in SAMPLES if path.stem == "riscv64-prel").read_bytes())
    kernel = relocations_of("riscv64", "6.12.0", "")
    assert kernel
    assert kernel.sized
    assert kernel.sized(elf, "sample") == list(elf.sections)
