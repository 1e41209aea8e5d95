"""A module's addresses, and what is known by them: sections, symbols, notes, exports.

From Linux 6.1: `kernel/module/main.c: layout_and_allocate(), move_module()`, `kernel/module/sysfs.c: add_sect_attrs(),
add_notes_attrs()`, `kernel/module/kallsyms.c: add_kallsyms()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from modtools.formats.elf import Section
from modtools.formats.elfvalues import SHT_NOTE
from modtools.kernel.module import kallsyms
from modtools.kernel.modules import Details, LoadedModule
from modtools.kernel.oops import page_fault
from modtools.kernel.space import allocate
from modtools.kernel.state import Kernel
from modtools.link.areas import Area
from modtools.link.layout import Layout
from modtools.link.relocate import PERCPU
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
    return features.lay_out(headers, module.elf.symbol_table, kernel.arch, config.kallsyms_all)


def place(kernel: Kernel, loaded: LoadedModule, module: Module, headers: Sequence[Section]) -> Layout:
    """Give a module its memory; return where the sections with these headers lie in it."""
    layout = _lay_out(kernel, module, headers)
    bases = allocate(kernel, *(part.size for part in layout.parts))
    loaded.areas = tuple(Area(part.kind, base, part.size) for part, base in zip(layout.parts, bases, strict=True))
    return layout


def fill_in(kernel: Kernel, loaded: LoadedModule, module: Module, layout: Layout, percpu: int | None = None) -> None:
    """Note what is known by the addresses, once all relocations are done: Linux reads it out of the linked module.

    `percpu` is the offset of its per-cpu variables in each processor's area, None if it is not known.
    """
    loaded.has_init, loaded.has_exit = module.has_init, module.has_exit
    places = layout.addresses([area.base for area in loaded.areas])
    own = module.elf.section(PERCPU)
    values = {**places, **({} if own is None else {own.index: percpu or 0})}
    exports = module.flagged_exports if kernel.identity.features.flagged_exports else module.exports
    addresses = {export.name: values.get(export.section, 0) + export.value for export in exports}
    unknown = {export.name for export in exports if own and percpu is None and export.section == own.index}
    loaded.exports = {
        name: ExportedSymbol(name, crc, gpl, namespace, None if name in unknown else addresses[name])
        for name, crc, gpl, namespace, *_ in exports
    }
    filled = [section for section in layout.sections if section.size and section.index in places]
    loaded.details = Details(
        sections=[(section.name, places[section.index]) for section in filled],
        notes=[(s.name, bytes(module.elf.contents(s)).hex()) for s in filled if s.type == SHT_NOTE],
    )
    if kept := layout.core_symbols[1:]:
        loaded.details.symbols_source = partial(
            kallsyms.rows,
            kallsyms.Shown(
                module.elf.with_symbols_alone(),
                kept,
                values,
                kallsyms.section_letters(layout.sections, kernel.arch.small),
                {export.name: addresses[export.name] for export in exports if not export.gpl},
            ),
        )
