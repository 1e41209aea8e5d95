"""Files that are damaged in one field: what each kernel says of it, and what is just not damage."""

from __future__ import annotations

import struct

import pytest

from modtools.errors import KernelError
from modtools.finit import IGNORE_VERMAGIC
from modtools.kernel.identity import BuildOptions, Identity
from modtools.kernel.module.elfcheck import built_for
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel, Sources
from modtools.linuxerrno import ENOEXEC
from modtools.profiles.exports import decode, encode
from tests.samples import SAMPLES
from tests.small_modules import loadable

STRUCT = ".gnu.linkonce.this_module"
FIELDS = {
    "e_type": (16, "H"), "e_machine": (18, "H"), "e_shoff": (40, "Q"), "e_shentsize": (58, "H"), "e_shnum": (60, "H"),
    "e_shstrndx": (62, "H"),
}  # fmt: skip
SECTION_FIELDS = {
    "name": (0, "I"), "type": (4, "I"), "flags": (8, "Q"), "addr": (16, "Q"), "offset": (24, "Q"), "size": (32, "Q"),
    "link": (40, "I"),
}  # fmt: skip
SECTIONS = ["", ".modinfo", "__ksymtab_strings", ".symtab", ".strtab", STRUCT, ".shstrtab"]
COUNT = len(SECTIONS)
NULL, STRTAB, SYMTAB, NOBITS = 0, 3, 2, 8
OPTIONS = BuildOptions(module_sig=False, retpoline=False)


def made(sections: dict[str, bytes] | None = None) -> bytes:
    """A module without fault, and more sections if wanted."""
    return loadable("mine", ["vermagic= SMP mod_unload "], sections=sections)


def field(image: bytes, name: str, value: int) -> bytes:
    """The file with another value in a field of its header, or in one of a section, as `.symtab link`."""
    if name in FIELDS:
        at, code = FIELDS[name]
    else:
        section, _, part = name.rpartition(" ")
        (start,) = struct.unpack_from("<Q", image, 40)
        at, code = SECTION_FIELDS[part]
        at += start + 64 * (SECTIONS.index(section) if section in SECTIONS else int(section))
    changed = bytearray(image)
    struct.pack_into(f"<{code}", changed, at, value)
    return bytes(changed)


def of(image: bytes, name: str) -> int:
    """The value of a field of a section."""
    (start,) = struct.unpack_from("<Q", image, 40)
    section, _, part = name.rpartition(" ")
    at, code = SECTION_FIELDS[part]
    return int(struct.unpack_from(f"<{code}", image, start + 64 * SECTIONS.index(section) + at)[0])


def said(release: str, image: bytes) -> list[str] | None:
    """What a kernel logs of a file that it refuses as no module, None where it loads it."""
    identity = Identity(release, "x86_64", " SMP mod_unload ", f"Linux version {release}", "", config=OPTIONS)
    kernel = Kernel(identity, Sources(lambda: decode(encode([]))))
    errno = 0
    try:
        insert(kernel, image, flags=IGNORE_VERMAGIC)
    except KernelError as error:
        errno = error.errno
    assert errno in {0, ENOEXEC}
    return [record.text for record in kernel.log.records] if errno else None


KERNELS = ("6.1", "6.4", "6.13", "6.14")


def every(line: str) -> dict[str, str]:
    """All kernels say this."""
    return dict.fromkeys(KERNELS, line)


IMAGE = made()
SIZE = len(IMAGE)
INDEX = "Invalid ELF section name index: {0} || e_shstrndx ({0}) >= e_shnum (7)"
DAMAGES: list[tuple[str, int, dict[str, str]]] = [
    ("e_type", 2, every("Invalid ELF header type: 2 != 1")),
    ("e_machine", 3, every("Invalid architecture in ELF header: 3")),
    ("e_shentsize", 63, every("Invalid ELF section header size")),
    ("e_shoff", SIZE, every("Invalid ELF section header overflow")),
    ("e_shoff", SIZE - 64 * COUNT + 1, every("Invalid ELF section header overflow")),
    ("e_shnum", COUNT + 1, every("Invalid ELF section header overflow")),
    ("e_shstrndx", 0, every(INDEX.format(0))),
    ("e_shstrndx", COUNT, every(INDEX.format(COUNT))),
    *(
        (f" {part}", 1, every(f"ELF Spec violation: section 0 type({kind})!=SH_NULL or non-zero len or addr"))
        for part, kind in (("type", 1), ("size", 0), ("addr", 0))
    ),
    (".shstrtab size", 0, every("empty section name table")),
    (
        ".shstrtab size",
        of(IMAGE, ".shstrtab size") - 1,
        every("ELF Spec violation: section name table isn't null terminated"),
    ),
    (
        ".shstrtab size",
        SIZE,
        {"6.1": "Invalid ELF section hdr(type 3)", "6.13": "Invalid ELF section in module (section 6 type 3)"},
    ),
    (".modinfo size", SIZE, every("Invalid ELF section in module (section 1 type 1)")),
    (
        ".modinfo name",
        of(IMAGE, ".shstrtab size"),
        every("Invalid ELF section name in module (section 1 type 1)"),
    ),
    (
        ".symtab link",
        0,
        every("Invalid ELF sh_link!=SHN_UNDEF(0) or (sh_link(0) >= hdr->e_shnum(7)"),
    ),
    (
        ".symtab link",
        COUNT,
        every("Invalid ELF sh_link!=SHN_UNDEF(7) or (sh_link(7) >= hdr->e_shnum(7)"),
    ),
    (".symtab type", 1, every("mine: module has no symbols (stripped?)")),
    (".strtab type", SYMTAB, {"6.4": "Invalid ELF sh_link!=SHN_UNDEF(0) or (sh_link(0) >= hdr->e_shnum(7)"}),
    (f"{STRUCT} type", NOBITS, {"6.13": f"module mine: {STRUCT} section must have a size set"}),
    (f"{STRUCT} flags", 0, {"6.4": f"module mine: {STRUCT} must occupy memory during process execution"}),
    (f"{STRUCT} flags", 1, {"6.13": f"module mine: {STRUCT} must occupy memory during process execution"}),
    (
        f"{STRUCT} name",
        0,
        {
            "6.4": f"module mine: Only one {STRUCT} section must exist.",
            "6.13": f"module mine: Exactly one {STRUCT} section must exist.",
        },
    ),
    (f"{STRUCT} type", NULL, {"6.4": f"module mine: Only one {STRUCT} section must exist."}),
    (
        "__ksymtab_strings name",
        of(IMAGE, ".modinfo name"),
        dict.fromkeys(("6.4", "6.13"), "Only one .modinfo section must exist."),
    ),
]
"""A field, its wrong value, and what kernels of some releases say."""


@pytest.mark.parametrize(("name", "value", "told"), DAMAGES, ids=[f"{name}={value}" for name, value, _ in DAMAGES])
def test_a_field_that_is_wrong(name: str, value: int, told: dict[str, str]) -> None:
    """The first check that fails is named, in the order of each kernel's; before 5.16 most have no name."""
    for release, line in told.items():
        assert said(release, field(IMAGE, name, value)) == [line], release


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (".shstrtab size", SIZE - of(IMAGE, ".shstrtab offset") - 64 * COUNT),
        ("__ksymtab_strings size", SIZE - of(IMAGE, "__ksymtab_strings offset")),
        ("__ksymtab_strings name", of(IMAGE, ".shstrtab size") - 1),
        ("__ksymtab_strings type", NULL),
        (" name", 1),
    ],
)
def test_what_is_just_right(name: str, value: int) -> None:
    """A section may reach to the end of the file, and a name be the last NUL of its table."""
    for release in KERNELS:
        assert said(release, field(IMAGE, name, value)) is None, release


@pytest.mark.parametrize("size", [0, 4, 63])
def test_a_file_that_is_too_short(size: int) -> None:
    """It has no header; what begins otherwise is no ELF file."""
    assert said("6.1", IMAGE[:size]) == [f"Invalid ELF header len {size}"]
    assert said("6.1", b"MZ" + IMAGE[2:]) == ["Invalid ELF header magic: != \x7fELF"]


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        ({"__version_ext_crcs": bytes(4)}, "extended version crc+name presence does not match"),
        ({"__version_ext_names": b"a\0"}, "extended version crc+name presence does not match"),
        ({"__version_ext_crcs": bytes(8), "__version_ext_names": b"a\0"}, "more extended version crcs than names"),
        ({"__version_ext_crcs": bytes(8), "__version_ext_names": b"a\0b\0"}, None),
        ({"__version_ext_crcs": bytes(4), "__version_ext_names": b"a\0b\0"}, None),
    ],
)
def test_extended_versions_that_do_not_fit(sections: dict[str, bytes], told: str | None) -> None:
    """Since 6.14 both tables are there or none, with a name for each CRC; before, nobody looks."""
    image = made(sections)
    assert said("6.14", image) == (told and [told])
    assert said("6.13", image) is None


@pytest.mark.parametrize(
    ("strings", "told"),
    [
        (b"", "empty symbol string table"),
        (b"x\0", "symbol string table missing leading NUL"),
        (b"\0x", "symbol string table isn't NUL terminated"),
        (b"\0", "symbol name out of bounds in string table"),
        (b"\0pri\0", "symbol name out of bounds in string table"),
        (b"\0abcdef\0\0", "symbol name out of bounds in string table"),
        (b"\0abcdef\0\0\0", None),
    ],
)
def test_names_of_symbols(strings: bytes, told: str | None) -> None:
    """Since 6.14 their table is one of strings, and has each of them."""
    symbols = bytes(24) + struct.pack("<IBBHQQ", 9, 0x10, 0, 0xFFF1, 0, 0)
    image = loadable("mine", ["vermagic= SMP mod_unload "], sections={".symtab": symbols, ".strtab": strings})
    found = said("6.14", image)
    assert found == (told and [told])


def test_what_a_file_was_built_for() -> None:
    """As `uname -m` has it there; what is no ELF file, or for an unknown machine, is for nothing."""
    found = {path.stem.partition("-")[0]: built_for(path.read_bytes()) for path in SAMPLES}
    named = {"arm": "armv7l", "i386": "i686", "powerpc": "ppc"}
    assert found == {name: named.get(name, name) for name in found}
    assert built_for(IMAGE[4:]) == built_for(b"") == built_for(field(IMAGE, "e_machine", 0x1234)) == ""
