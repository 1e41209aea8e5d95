"""A module's addresses, and what is known by them: sections, symbols, notes, exports.

From Linux 6.1: `kernel/module/main.c: layout_and_allocate(), move_module()`, `kernel/module/sysfs.c: add_sect_attrs(),
add_notes_attrs()`, `kernel/module/kallsyms.c: add_kallsyms()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from modtools.formats.elf import Section, Symbol
from modtools.formats.elfvalues import SHT_NOTE
from modtools.kernel.module.kallsyms import letter
from modtools.kernel.modules import Details, LoadedModule
from modtools.kernel.oops import page_fault
from modtools.kernel.space import allocate
from modtools.kernel.state import Kernel
from modtools.link.areas import Area
from modtools.link.layout import Layout
from modtools.module import THIS_MODULE, Module
from modtools.profiles.exports import ExportedSymbol


def check_struct(kernel: Kernel, module: Module, headers: Sequence[Section]) -> None:
    """Refuse a `struct module` that is too short, for which the kernel writes through a NULL pointer. Raises Killed.

    Where it is not known how long it must be, none is too short.
    """
    section = module.elf.section(THIS_MODULE)
    if section is not None and section.size < kernel.identity.features.memory_offset:
        raise page_fault(kernel, _lay_out(kernel, module, headers).kallsyms_offset, write=True)


def sections(kernel: Kernel, module: Module) -> Sequence[Section]:
    """Return the section headers of a module, with the sizes that this kernel gives them. Raises Refused."""
    relocations = kernel.identity.features.relocations
    if relocations is None or relocations.sized is None:
        return module.elf.sections
    return relocations.sized(module.elf, module.name)


def lay_out(kernel: Kernel, module: Module) -> Layout:
    """Return where this kernel places the sections of a module. Raises Refused."""
    return _lay_out(kernel, module, sections(kernel, module))


def _lay_out(kernel: Kernel, module: Module, headers: Sequence[Section]) -> Layout:
    config, features = kernel.identity.config, kernel.identity.features
    return features.lay_out(headers, module.elf.symbols, kernel.arch, config.kallsyms_all)


def place(kernel: Kernel, loaded: LoadedModule, module: Module, headers: Sequence[Section]) -> Layout:
    """Give a module its memory; return where the sections with these headers lie in it."""
    layout = _lay_out(kernel, module, headers)
    bases = allocate(kernel, *(part.size for part in layout.parts))
    loaded.areas = tuple(Area(part.kind, base, part.size) for part, base in zip(layout.parts, bases, strict=True))
    return layout


def fill_in(kernel: Kernel, loaded: LoadedModule, module: Module, layout: Layout) -> None:
    """Note what is known by the addresses, once all relocations are done: Linux reads it out of the linked module."""
    loaded.has_init, loaded.has_exit = module.has_init, module.has_exit
    bases = [area.base for area in loaded.areas]
    places = {s.index: at for s in layout.sections if (at := layout.address(s.index, bases)) is not None}
    loaded.exports = _exports(kernel, module, places)
    loaded.details = Details(
        sections=[(s.name, places[s.index]) for s in layout.sections if s.index in places and s.size],
        symbols=_symbols(kernel, loaded, module, layout, places),
        notes=[
            (s.name, bytes(module.elf.contents(s)).hex())
            for s in layout.sections
            if s.type == SHT_NOTE and s.index in places and s.size
        ],
    )


def _exports(kernel: Kernel, module: Module, places: dict[int, int]) -> dict[str, ExportedSymbol]:
    return {
        export.name: ExportedSymbol(
            export.name, export.crc, export.gpl, export.namespace, places.get(export.section, 0) + export.value
        )
        for export in (module.flagged_exports if kernel.identity.features.flagged_exports else module.exports)
    }


def _symbols(
    kernel: Kernel, loaded: LoadedModule, module: Module, layout: Layout, places: dict[int, int]
) -> list[tuple[int, str, str]]:
    """Return the symbols of the core part, with capital letters for what EXPORT_SYMBOL (not _GPL) exports."""
    rows = []
    for index in layout.core_symbols[1:]:
        symbol: Symbol = module.elf.symbols[index]
        address = places.get(symbol.shndx, 0) + symbol.value
        kind = letter(symbol, layout.sections, kernel.arch.small)
        export = loaded.exports.get(symbol.name)
        if export is not None and not export.gpl and export.address == address:
            kind = kind.upper()
        rows.append((address, kind, symbol.name))
    return rows
