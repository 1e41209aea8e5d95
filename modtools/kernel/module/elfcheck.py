"""Is this file a module that the kernel can take apart? The checks in the kernel's order, with its log lines.

From Linux 6.1: `kernel/module/main.c: elf_validity_check(), setup_load_info()`; 6.4, 6.12.118, 6.13 and 6.14:
`elf_validity_cache_copy()` and the functions that it was split into. The kernel never looks at EI_CLASS, EI_DATA,
EI_OSABI and EI_VERSION: it reads the file as its own kind of ELF.
"""

from __future__ import annotations

from collections.abc import Sequence

from modtools import causes
from modtools.causes import Kind
from modtools.errors import Cause, FormatError, KernelError
from modtools.formats import elf
from modtools.formats.elfvalues import ET_REL, SHF_ALLOC, SHT_NOBITS, SHT_NULL, SHT_STRTAB, SHT_SYMTAB
from modtools.kernel.log import ERR, WARNING
from modtools.kernel.state import Kernel
from modtools.link.arch import Arch, arch_for_elf
from modtools.linuxerrno import ENOEXEC
from modtools.module import EXTENDED_CRCS, EXTENDED_NAMES, THIS_MODULE, Module

_HEADER_SIZE = {64: 64, 32: 52}
_SECTION_SIZE = {64: 64, 32: 40}
_SYMBOL_SIZE = {64: 24, 32: 16}


def check_file(kernel: Kernel, image: bytes) -> tuple[elf.Header, tuple[elf.Section, ...]]:
    """Return header and section headers of a file that can be a module. Raises KernelError(ENOEXEC), with a log line.

    The kernel finds by name only sections with SHF_ALLOC (`find_sec()`), so the others lose their names here.
    """
    header, sections = _check_sections(kernel, image)
    return header, _named(sections)


def _check_sections(kernel: Kernel, image: bytes) -> tuple[elf.Header, tuple[elf.Section, ...]]:
    header = _check_header(kernel, image, kernel.arch)
    _check_index(kernel, header)
    sections = elf.read_sections(image, header)
    _check_names(kernel, image, header, sections)
    _check_first(kernel, sections[0])
    for section in sections[1:]:
        _check_section(kernel, image, header, sections, section)
    return header, sections


def check_header(kernel: Kernel, image: bytes) -> tuple[elf.Header, tuple[elf.Section, ...]]:
    """Do the same with less care: of the sections nothing is looked at.

    From Linux 4.19: `kernel/module.c: elf_header_check()`.
    """
    header = _check_header(kernel, image, kernel.arch)
    return header, _named(elf.read_sections(image, header))


def check_length(kernel: Kernel, image: bytes, sections: Sequence[elf.Section]) -> None:
    """Refuse a file that ends before its sections do.

    From Linux 4.19: `kernel/module.c: rewrite_section_headers()`.
    """
    for section in sections[1:]:
        if section.type != SHT_NOBITS and not _inside(image, section):
            text = f"Module len {len(image)} truncated"
            kernel.printk(ERR, text)
            raise KernelError(ENOEXEC, Cause(causes.ELF_INVALID, "", text))


def check_file_with_struct(kernel: Kernel, image: bytes) -> tuple[elf.Header, tuple[elf.Section, ...]]:
    """Do the same, and look for what each module has once.

    From Linux 6.4: `kernel/module/main.c: elf_validity_cache_copy()`.
    """
    header, sections = _check_sections(kernel, image)
    filled = [section for section in sections[1:] if section.type not in (SHT_NULL, SHT_NOBITS)]
    label = _check_info(kernel, image, header, sections, filled)
    _check_symbols(kernel, filled, label)
    _check_struct(kernel, filled, label, "Only")
    return header, _named(sections)


def check_file_and_parts(
    kernel: Kernel, image: bytes, *, versioned: bool = True
) -> tuple[elf.Header, tuple[elf.Section, ...]]:
    """Do the same in another order, and look at the tables of strings; at those of versions if `versioned`.

    From Linux 6.12.118, 6.13 and 6.14: `kernel/module/main.c: elf_validity_cache_copy()`.
    """
    features = kernel.identity.features
    header = _check_header(kernel, image, kernel.arch)
    sections = elf.read_sections(image, header)
    for first in sections[:1]:
        _check_first(kernel, first)
    for section in sections[1:]:
        if section.type not in (SHT_NULL, SHT_NOBITS) and not _inside(image, section):
            raise _refuse_section(kernel, "section", section)
    _check_index(kernel, header)
    names = sections[header.shstrndx]
    if features.checks_string_types and names.type != SHT_STRTAB:
        raise _refuse(kernel, f"Invalid ELF section name table type: {names.type}")
    _check_name_table(kernel, image, names)
    for section in sections:
        if section.type != SHT_NULL and section.name_offset >= names.size:
            raise _refuse_section(kernel, "section name", section)
    label = _check_info(kernel, image, header, sections, sections[1:])
    _check_struct(kernel, sections[1:], label, "Exactly")
    symbols = _check_symbols(kernel, sections[1:], label)
    _check_link(kernel, header, symbols)
    strings = sections[symbols.link]
    if features.checks_string_types and strings.type != SHT_STRTAB:
        raise _refuse(kernel, f"Invalid ELF symbol string table type: {strings.type}")
    named = _named(sections)
    if features.extended_versions and versioned:
        _check_versions(kernel, image, named)
    if features.checks_symbol_names:
        _check_strings(kernel, image, symbols, strings)
    return header, named


def _check_info(
    kernel: Kernel,
    image: bytes,
    header: elf.Header,
    sections: Sequence[elf.Section],
    among: Sequence[elf.Section],
) -> str:
    """Refuse a second .modinfo among these sections; return the name that messages use from here on."""
    infos = [section for section in among if section.name == ".modinfo"]
    if len(infos) > 1:
        raise _refuse(kernel, "Only one .modinfo section must exist.")
    name = Module(elf.ElfFile(image, header, tuple(sections))).info("name") if infos else None
    return name or "(missing .modinfo section or name field)"


def _check_struct(kernel: Kernel, among: Sequence[elf.Section], label: str, begin: str) -> None:
    structs = [section for section in among if section.name == THIS_MODULE]
    if text := _wrong_struct(structs, begin):
        raise _refuse(kernel, f"module {label}: {text}", kind=causes.PARTS_MISSING, subject=label)
    if _struct_size(kernel) not in (0, structs[0].size):
        text = f"{THIS_MODULE} section size must match the kernel's built struct module size at run time"
        raise _refuse(kernel, f"module {label}: {text}", kind=causes.STRUCT_SIZE, subject=label)


def _struct_size(kernel: Kernel) -> int:
    """Return the size of `struct module` that the kernel was built with, 0 if that is not known."""
    profile, identity = kernel.sources.profile(), kernel.identity
    if profile and profile.is_of(identity.release, identity.machine) and profile.structures.has("module"):
        return profile.structures.size_of("module")
    return kernel.identity.features.module_size


def _check_symbols(kernel: Kernel, among: Sequence[elf.Section], label: str) -> elf.Section:
    tables = [section for section in among if section.type == SHT_SYMTAB]
    if len(tables) != 1:
        text = "module has no symbols (stripped?)"
        kernel.printk(WARNING, f"{label}: {text}")
        raise KernelError(ENOEXEC, Cause(causes.PARTS_MISSING, label, text))
    return tables[0]


def _check_link(kernel: Kernel, header: elf.Header, symbols: elf.Section) -> None:
    link, count = symbols.link, header.shnum
    if not 0 < link < count:
        text = f"Invalid ELF sh_link!=SHN_UNDEF({link}) or (sh_link({link}) >= hdr->e_shnum({count})"
        raise _refuse(kernel, text)


def _check_versions(kernel: Kernel, image: bytes, sections: Sequence[elf.Section]) -> None:
    """Refuse extended tables of versions of which one is missing, or that have more CRCs than names."""
    crcs, names = (
        next((section for section in sections if section.name == name and section.flags & SHF_ALLOC), None)
        for name in (EXTENDED_CRCS, EXTENDED_NAMES)
    )
    if (crcs is None) != (names is None):
        raise _refuse_unfinished(kernel, "extended version crc+name presence does not match")
    if crcs and names and image[names.offset : names.offset + names.size].count(b"\0") < crcs.size // 4:
        raise _refuse_unfinished(kernel, "more extended version crcs than names")


def _check_strings(kernel: Kernel, image: bytes, symbols: elf.Section, strings: elf.Section) -> None:
    """Refuse a table of symbols' names that is no string table, and symbols without a name in it."""
    table = image[strings.offset : strings.offset + strings.size]
    if not strings.size:
        raise _refuse(kernel, "empty symbol string table")
    if table[:1] != b"\0":
        raise _refuse(kernel, "symbol string table missing leading NUL")
    if table[-1:] != b"\0":
        raise _refuse(kernel, "symbol string table isn't NUL terminated")
    size = _SYMBOL_SIZE[kernel.arch.bits]
    for at in range(symbols.offset, symbols.offset + symbols.size // size * size, size):
        if int.from_bytes(image[at : at + 4], "little" if kernel.arch.little else "big") >= strings.size:
            raise _refuse_unfinished(kernel, "symbol name out of bounds in string table")


def _refuse_unfinished(kernel: Kernel, text: str) -> KernelError:
    kernel.printk_unfinished(ERR, text)
    return KernelError(ENOEXEC, Cause(causes.ELF_INVALID, "", text))


def _wrong_struct(found: Sequence[elf.Section], begin: str) -> str:
    """Return what is wrong with the sections that hold `struct module`; "" if nothing is."""
    if len(found) != 1:
        return f"{begin} one {THIS_MODULE} section must exist."
    if found[0].type == SHT_NOBITS:
        return f"{THIS_MODULE} section must have a size set"
    if not found[0].flags & SHF_ALLOC:
        return f"{THIS_MODULE} must occupy memory during process execution"
    return ""


def _named(sections: Sequence[elf.Section]) -> tuple[elf.Section, ...]:
    return tuple(section if _has_name(section) else elf.unnamed(section) for section in sections)


def _check_first(kernel: Kernel, first: elf.Section) -> None:
    if first.type != SHT_NULL or first.size or first.addr:
        kind = first.type
        raise _refuse(kernel, f"ELF Spec violation: section 0 type({kind})!=SH_NULL or non-zero len or addr")


def _has_name(section: elf.Section) -> bool:
    """Return whether a section is found by its name: the symbol and string tables count as loaded, for the kernel loads
    them itself.
    """
    return bool(section.flags & SHF_ALLOC) or section.type in (SHT_SYMTAB, SHT_STRTAB)


def _refuse(kernel: Kernel, text: str, *, kind: Kind = causes.ELF_INVALID, subject: str = "") -> KernelError:
    if kernel.identity.features.names_elf_faults:
        kernel.printk(ERR, text)
    return KernelError(ENOEXEC, Cause(kind, subject, text))


def _check_header(kernel: Kernel, image: bytes, arch: Arch) -> elf.Header:
    if len(image) < _HEADER_SIZE[arch.bits]:
        raise _refuse(kernel, f"Invalid ELF header len {len(image)}")
    if image[:4] != b"\x7fELF":
        raise _refuse(kernel, "Invalid ELF header magic: != \x7fELF")
    header = elf.read_header(image, arch.bits, arch.little)
    if text := _not_of_machine(header, arch):
        machine = built_for(image)
        kind = causes.ELF_INVALID if machine == arch.machine else causes.ELF_MACHINE
        raise _refuse(kernel, text, kind=kind, subject=machine)
    size = _SECTION_SIZE[arch.bits]
    if header.shoff >= len(image) or header.shnum * size > len(image) - header.shoff:
        raise _refuse(kernel, "Invalid ELF section header overflow")
    return header


def _check_index(kernel: Kernel, header: elf.Header) -> None:
    if not 0 < header.shstrndx < header.shnum:
        index, count = header.shstrndx, header.shnum
        text = f"Invalid ELF section name index: {index} || e_shstrndx ({index}) >= e_shnum ({count})"
        raise _refuse(kernel, text)


def _not_of_machine(header: elf.Header, arch: Arch) -> str:
    """Return, in the kernel's words, what shows that this is no object for its machine; "" if it is one. With another
    byte order already the type is wrong.
    """
    if header.type != ET_REL:
        return f"Invalid ELF header type: {header.type} != {ET_REL}"
    if header.machine not in arch.elf_machines:
        return f"Invalid architecture in ELF header: {header.machine}"
    return "" if header.shentsize == _SECTION_SIZE[arch.bits] else "Invalid ELF section header size"


def built_for(image: bytes) -> str:
    """Return the machine that a file says it is for, as `uname -m` has it; "" for an unknown one."""
    try:
        header = elf.read_header(image)
    except FormatError:
        return ""
    arch = arch_for_elf(header.machine, header.bits, header.little)
    return arch.machine if arch else ""


def _inside(image: bytes, section: elf.Section) -> bool:
    return section.offset + section.size <= len(image)


def _check_names(kernel: Kernel, image: bytes, header: elf.Header, sections: Sequence[elf.Section]) -> None:
    names = sections[header.shstrndx]
    if not _inside(image, names):
        raise _refuse(kernel, f"Invalid ELF section hdr(type {names.type})")
    _check_name_table(kernel, image, names)


def _check_name_table(kernel: Kernel, image: bytes, names: elf.Section) -> None:
    if not names.size:
        raise _refuse(kernel, "empty section name table")
    if image[names.offset + names.size - 1]:
        raise _refuse(kernel, "ELF Spec violation: section name table isn't null terminated")


def _check_section(
    kernel: Kernel, image: bytes, header: elf.Header, sections: Sequence[elf.Section], section: elf.Section
) -> None:
    if section.type in (SHT_NULL, SHT_NOBITS):
        return
    if section.type == SHT_SYMTAB:
        _check_link(kernel, header, section)
    if not _inside(image, section):
        raise _refuse_section(kernel, "section", section)
    if section.flags & SHF_ALLOC and section.name_offset >= sections[header.shstrndx].size:
        raise _refuse_section(kernel, "section name", section)


def _refuse_section(kernel: Kernel, what: str, section: elf.Section) -> KernelError:
    text = f"Invalid ELF {what} in module (section {section.index} type {section.type})"
    kernel.printk(ERR, text)
    return KernelError(ENOEXEC, Cause(causes.ELF_INVALID, "", text))
