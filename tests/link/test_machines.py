"""Types of relocations on machines whose relocations are not applied: only what that machine's Linux knows passes."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from elftools.elf import enums

from modtools import boot, causes
from modtools.errors import KernelError
from modtools.formats.elf import ElfFile, Relocation
from modtools.formats.elfvalues import SHF_EXECINSTR, SHT_REL, SHT_RELA
from modtools.kernel.module.load import insert
from modtools.kernel.module.relocation import unlinked
from modtools.kernel.state import Kernel
from modtools.link.arch import Arch, arch_for_elf
from modtools.link.layout import Layout, lay_out_in_two
from modtools.link.machines import relocations_of
from modtools.link.relocate import check
from modtools.link.relocations import Refused, Relocations
from modtools.linuxerrno import EINVAL, ENOEXEC
from modtools.module import Module, read_module
from modtools.store import Store
from tests import reference
from tests.samples import SAMPLES

WORDS = {
    "aarch64": ("module sample: unsupported RELA relocation: {}", ENOEXEC),
    "armv7l": ("sample: unknown relocation: {}", ENOEXEC),
    "i686": ("module: sample: Unknown relocation: {}", ENOEXEC),
    "mips": ("sample: Unknown relocation type {}", EINVAL),
    "mips64": ("sample: Unknown relocation type {}", EINVAL),
    "ppc": ("module_32: sample: unknown ADD relocation: {}", ENOEXEC),
    "riscv64": ("sample: Unknown relocation type {}", EINVAL),
    "s390x": ("module sample: unknown relocation: {}", ENOEXEC),
    "x86_64": ("module: sample: Unknown rela relocation: {}", ENOEXEC),
}
"""What Linux 6.1 says in `arch/*/kernel/module.c`, and the errno."""

ROOM = 0x400
"""Bytes, more than `struct module` has up to what the kernel notes in it."""

OTHERS = [path for path in SAMPLES if not path.stem.startswith("x86_64")]


def arch_of(elf: ElfFile) -> Arch:
    """The architecture that a file is for."""
    arch = arch_for_elf(elf.header.machine, elf.header.bits, elf.header.little)
    assert arch
    return arch


def machine_of(elf: ElfFile) -> str:
    """The machine that a file is for."""
    return arch_of(elf).machine


def layout_of(elf: ElfFile) -> Layout:
    """Where its sections go."""
    return lay_out_in_two(elf.sections, elf.symbol_table, arch_of(elf))


def with_type(elf: ElfFile, number: int) -> bytes:
    """The file with another type in the first relocation that the kernel does."""
    layout = layout_of(elf)
    table = next(
        s for s in elf.sections if s.type in (SHT_REL, SHT_RELA) and layout.part_of(s.info) is not None and s.size
    )
    order, wide = "<" if elf.header.little else ">", elf.header.bits == 64
    code, at = order + ("Q" if wide else "I"), table.offset + (8 if wide else 4)
    image = bytearray(elf.data)
    (info,) = struct.unpack_from(code, image, at)
    mask = 0xFF if not wide or elf.header.machine == 8 else 0xFFFFFFFF
    struct.pack_into(code, image, at, info & ~mask | number)
    return bytes(image)


def checked(elf: ElfFile, types: Relocations) -> Refused | None:
    """What the check says."""
    try:
        check(Module(elf), layout_of(elf), (0x1000, 0x2000), types)
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_each_number_is_known_or_refused_in_the_machines_words(path: Path) -> None:
    """All types of 8 bits, and where a type is wider some beyond, one of them with the lower bits of a known one."""
    elf = ElfFile.open(path.read_bytes())
    machine = machine_of(elf)
    types = relocations_of(machine, "6.1.0-50", "")
    assert types
    assert checked(elf, types) is None
    wide = () if types.mask == 0xFF or elf.header.bits == 32 else (*range(256, 320), max(types.known) | 1 << 31)
    words, errno = WORDS[machine]
    for number in (*range(256), *wide):
        refused = checked(ElfFile.open(with_type(elf, number)), types)
        assert (refused is None) == (number in types.known)
        if refused is not None:
            told = types.never.get(number, words)
            assert refused.errno == errno
            assert refused.lines == tuple(filter(None, [told.format(number, module="sample", place=0)])) or number == 43


def test_what_kernels_learned_is_asked_of_their_release() -> None:
    """riscv knows more since 6.7, powerpc since 6.4, arm with Thumb code; arm64 speaks of Modules since 6.5."""
    assert 57 not in _known("riscv64", "6.6.9")
    assert 57 in _known("riscv64", "6.12.117+deb13-riscv64")
    assert 116 not in _known("ppc64le", "6.1.0")
    assert 116 in _known("ppc64", "6.12")
    assert 10 not in _known("armv7l", "6.1")
    assert 10 in _known("armv7l", "6.1", "6.1 SMP mod_unload thumb2 ")
    lines = [types.unknown for release in ("6.4", "6.5") if (types := relocations_of("aarch64", release, ""))]
    assert lines[1] == f"Modules: {lines[0]}"


@pytest.mark.parametrize(
    ("machine", "kinds", "first"),
    [
        # As recorded: 6.12 says of weak_user.ko, whose code begins with 311, that it does not know 312.
        ("aarch64", [311, 312, 275, 277, 283, 275, 277, 283], 312),
        ("aarch64", [283, 311, 312], 311),
        ("armv7l", [200, 2, 100, 28], 100),
        ("ppc", [100, 200, 1], 200),
    ],
)
def test_the_first_unknown_type_is_the_first_after_sorting(machine: str, kinds: list[int], first: int) -> None:
    """Kernels that count stubs for calls sort the relocations of code before they do them."""
    elf = ElfFile.open(OTHERS[0].read_bytes())
    code = elf.sections[1]._replace(flags=SHF_EXECINSTR)
    types = relocations_of(machine, "6.1", "")
    assert types
    assert types.order
    entries = [Relocation(4 * i, kind, 1 << 20, 0) for i, kind in enumerate(kinds)]
    ordered = types.order(elf, code, entries)
    assert sorted(ordered) == sorted(entries)
    assert next(entry.type for entry in ordered if entry.type not in types.known) == first


def _known(machine: str, release: str, vermagic: str = "") -> frozenset[int]:
    types = relocations_of(machine, release, vermagic)
    assert types
    return types.known


def test_the_other_kind_of_table_is_refused() -> None:
    """A kernel whose machine has RELA does not take REL, and the other way round."""
    elf = ElfFile.open(next(path for path in OTHERS if path.stem == "aarch64-prel").read_bytes())
    types = relocations_of("armv7l", "6.1", "")
    assert types
    refused = checked(elf, types)
    assert refused
    assert refused.lines == ("module sample: RELA relocation unsupported",)


def roomy(image: bytes) -> bytes:
    """A file of 64 bits whose `struct module` is as long as the kernel wants it."""
    elf = ElfFile.open(image)
    section = elf.section(".gnu.linkonce.this_module")
    assert section
    copy = bytearray(image + bytes(elf.contents(section)).ljust(ROOM, b"\0"))
    order = "<" if elf.header.little else ">"
    struct.pack_into(order + "QQ", copy, elf.header.shoff + section.index * 64 + 24, len(image), ROOM)
    return bytes(copy)


def booted_like(path: Path, folder: Path) -> Kernel:
    """A kernel that a sample was built for."""
    return boot.boot(Store(folder / "state.json"), boot.Source(like=str(path))).kernel


@pytest.mark.parametrize("name", ["aarch64-prel", "riscv64-prel", "s390x-prel", "x86_64-prel"])
@pytest.mark.parametrize("number", [200, 1 << 31 | 1, 1 << 8 | 1])
def test_a_load_is_refused_in_the_machines_words(name: str, number: int, tmp_path: Path) -> None:
    """The kernel of that machine logs its words and gives its errno. All 32 bits of the type count."""
    path = next(path for path in SAMPLES if path.stem == name)
    if name.startswith("aarch64") and number == 257:
        number = 512 | 1  # 257 is R_AARCH64_ABS64
    kernel = booted_like(path, tmp_path)
    elf = ElfFile.open(roomy(path.read_bytes()))
    with pytest.raises(KernelError) as refusal:
        insert(kernel, with_type(elf, number))
    words, errno = WORDS[machine_of(elf)]
    assert kernel.log.readable()[-1].text == words.format(number)
    assert (refusal.value.errno, refusal.value.causes[0].kind) == (errno, causes.RELOCATION_REFUSED)


@pytest.mark.parametrize("name", ["riscv64-prel", "s390x-prel"])
def test_what_is_not_checked_is_said(name: str, tmp_path: Path) -> None:
    """A module that passes is loaded with a line in the log, and is named among those that were not checked."""
    path = next(path for path in OTHERS if path.stem == name)
    kernel = booted_like(path, tmp_path)
    insert(kernel, roomy(path.read_bytes()))
    said = "sample: relocations: not applied and not checked, except for their types: pymod applies those of x86_64"
    assert f"{said}, aarch64" in [record.text for record in kernel.log.readable()]
    assert unlinked(kernel) == ["sample"]


def test_nothing_is_said_where_relocations_are_applied(tmp_path: Path) -> None:
    """Those of arm64 are, as far as the addresses of symbols are known."""
    path = next(path for path in OTHERS if path.stem == "aarch64-prel")
    kernel = booted_like(path, tmp_path)
    insert(kernel, roomy(path.read_bytes()))
    assert not [record.text for record in kernel.log.readable() if "relocations" in record.text]
    assert unlinked(kernel) == []


@pytest.mark.trees
@pytest.mark.slow
@pytest.mark.parametrize("name", reference.MODULE_TREES)
def test_no_module_of_a_tree_is_refused(name: str) -> None:
    """Every type in every module that Debian builds for a machine is known to it."""
    root = reference.module_trees() / name
    if not root.is_dir():
        pytest.skip(f"tests/reference/module-trees {name} was not run")
    found = sorted(root.rglob("*.ko*"))
    assert len(found) > 1000
    for path in found:
        module = read_module(path)
        types = relocations_of(machine_of(module.elf), module.info("vermagic") or "", module.info("vermagic") or "")
        if types is not None:
            assert checked(module.elf, types) is None, path


NAMES = {
    "i686": "R_386_ 32 PC32 PLT32",
    "armv7l": "R_ARM_ NONE PC24 ABS32 REL32 CALL JUMP24 TARGET1 V4BX PREL31 MOVW_ABS_NC MOVT_ABS MOVW_PREL_NC MOVT_PREL"
    " ALU_PC_G0_NC ALU_PC_G1_NC LDR_PC_G2",
    "armv7l thumb2": "R_ARM_ THM_CALL THM_JUMP24 THM_MOVW_ABS_NC THM_MOVT_ABS THM_MOVW_PREL_NC THM_MOVT_PREL",
    "s390x": "R_390_ NONE 8 12 16 20 32 64 PC16 PC32 PC64 PC16DBL PC32DBL GOT12 GOT16 GOT20 GOT32 GOT64 GOTENT GOTPLT12"
    " GOTPLT16 GOTPLT20 GOTPLT32 GOTPLT64 GOTPLTENT PLT32 PLT64 PLT16DBL PLT32DBL PLTOFF16 PLTOFF32 PLTOFF64 GOTOFF16"
    " GOTOFF32 GOTOFF64 GOTPC GOTPCDBL",
    "ppc": "R_PPC_ ADDR32 ADDR16_LO ADDR16_HI ADDR16_HA REL24 REL32",
    "ppc64": "R_PPC64_ ADDR32 ADDR64 TOC TOC16 TOC16_DS TOC16_LO TOC16_LO_DS TOC16_HA REL24 REL32 REL64 TOCSAVE"
    " REL16_LO REL16_HA",
    "mips": "R_MIPS_ NONE 32 26 HI16 LO16 PC16 64 HIGHER HIGHEST",
}
"""What `arch/*/kernel/module.c` of 6.1 does; `armv7l thumb2`: what Thumb code adds."""
NUMBERS = {
    "386": enums.ENUM_RELOC_TYPE_i386, "ARM": enums.ENUM_RELOC_TYPE_ARM, "390": enums.ENUM_RELOC_TYPE_S390X,
    "PPC": enums.ENUM_RELOC_TYPE_PPC, "PPC64": enums.ENUM_RELOC_TYPE_PPC64, "MIPS": enums.ENUM_RELOC_TYPE_MIPS,
}  # fmt: skip
NOT_IN_PYELFTOOLS = {"ppc64": {118}, "mips": {60, 61}}
"""R_PPC64_ENTRY; R_MIPS_PC21_S2 and PC26_S2."""
RISCV = {
    "32": 1, "64": 2, "RELATIVE": 3, "COPY": 4, "JUMP_SLOT": 5, "TLS_DTPMOD32": 6, "TLS_DTPMOD64": 7, "TLS_DTPREL32": 8,
    "TLS_DTPREL64": 9, "TLS_TPREL32": 10, "TLS_TPREL64": 11, "BRANCH": 16, "JAL": 17, "CALL": 18, "CALL_PLT": 19,
    "GOT_HI20": 20, "TLS_GOT_HI20": 21, "TLS_GD_HI20": 22, "PCREL_HI20": 23, "PCREL_LO12_I": 24, "PCREL_LO12_S": 25,
    "HI20": 26, "LO12_I": 27, "LO12_S": 28, "TPREL_HI20": 29, "TPREL_LO12_I": 30, "TPREL_LO12_S": 31, "TPREL_ADD": 32,
    "ADD8": 33, "ADD16": 34, "ADD32": 35, "ADD64": 36, "SUB8": 37, "SUB16": 38, "SUB32": 39, "SUB64": 40, "ALIGN": 43,
    "RVC_BRANCH": 44, "RVC_JUMP": 45, "RELAX": 51, "SUB6": 52, "SET6": 53, "SET8": 54, "SET16": 55, "SET32": 56,
    "32_PCREL": 57, "IRELATIVE": 58, "PLT32": 59, "SET_ULEB128": 60, "SUB_ULEB128": 61,
}  # fmt: skip
"""The numbers of RISC-V's psABI, which pyelftools does not have."""
RISCV_6_1 = (
    "32 64 BRANCH JAL CALL CALL_PLT GOT_HI20 PCREL_HI20 PCREL_LO12_I PCREL_LO12_S HI20 LO12_I LO12_S ADD32 ADD64 SUB32"
    " SUB64 RVC_BRANCH RVC_JUMP RELAX"
)
RISCV_6_7 = "ADD8 ADD16 SUB8 SUB16 SUB6 SET6 SET8 SET16 SET32 32_PCREL PLT32 SET_ULEB128 SUB_ULEB128"


@pytest.mark.parametrize("machine", NAMES)
def test_the_known_ones_are_those_that_linux_names(machine: str) -> None:
    """By their names, whose numbers pyelftools has."""
    machine, _, vermagic = machine.partition(" ")
    prefix, *names = NAMES[f"{machine} {vermagic}".strip()].split()
    table = NUMBERS[prefix.split("_")[1]]
    known = {table[prefix + name] for name in names} | NOT_IN_PYELFTOOLS.get(machine, set())
    found = relocations_of(machine, "6.1.0-50", vermagic)
    without = relocations_of(machine, "6.1.0-50", "")
    assert found
    assert without
    assert (found.known - without.known if vermagic else found.known) == known


def test_those_of_riscv_are_those_that_linux_names() -> None:
    """The first ones, what 6.7 added, and what it has words of its own for."""
    early, late = (relocations_of("riscv64", release, "") for release in ("6.6.9", "6.7"))
    assert early
    assert late
    assert early.known == {RISCV[name] for name in RISCV_6_1.split()}
    assert late.known - early.known == {RISCV[name] for name in RISCV_6_7.split()}
    assert early.known <= late.known
    assert early.never.keys() == {RISCV["ALIGN"]}
    dynamic = {number for number, words in late.never.items() if "Dynamic" in words}
    assert dynamic == {*map(RISCV.__getitem__, ("COPY", "JUMP_SLOT", "RELATIVE", "IRELATIVE"))} | {*range(6, 12)}
    assert {number for number, words in late.never.items() if "Thread" in words} == {21, 22, 29, 30, 31, 32}


def test_what_copies_and_offsets_are_on_s390x() -> None:
    """What only a dynamic linker would do is refused without a word."""
    found = relocations_of("s390x", "6.1.0-50", "")
    assert found
    names = ("COPY", "GLOB_DAT", "JMP_SLOT", "RELATIVE")
    assert found.never == {enums.ENUM_RELOC_TYPE_S390X[f"R_390_{name}"]: "" for name in names}
