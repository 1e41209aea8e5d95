"""The step that links: symbols have values, sections have places, now the bytes follow.

From Linux 6.1: `kernel/module/main.c: apply_relocations()`, `post_relocation()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.log import ERR
from modtools.kernel.module.load_info import Load
from modtools.kernel.module.place_module import fill_in
from modtools.kernel.modules import LoadedModule
from modtools.kernel.oops import page_fault
from modtools.kernel.space import distance_known
from modtools.kernel.state import Kernel
from modtools.link import fits
from modtools.link import relocate as linker
from modtools.link.machines import APPLIED
from modtools.link.memory import Fault
from modtools.link.relocations import Refused, Relocations


def choose_runner(load: Load) -> None:
    """Take the runner away from a module whose code was built for another kernel than the runner knows. No step of
    Linux.
    """
    load.not_run = "" if load.runner is None else load.runner.why_not(load.parsed)
    if load.not_run:
        load.runner = None


def relocate(load: Load) -> None:
    """Do all relocations, note what they tell, and give the module to the runner. Raises KernelError and Killed."""
    relocations = load.kernel.identity.features.relocations
    linked = percpu = None
    try:
        if relocations is not None and applies(load.kernel):
            percpu = None if load.runner is None else load.runner.percpu(load.loaded.name, load.parsed)
            linked = _link(load, relocations, percpu)
        else:
            _check_types(load, relocations)
        _finalize(load, relocations)
    except Refused as refused:
        raise refusal(load, refused) from None
    except Fault as fault:
        raise page_fault(load.kernel, fault.address, write=fault.write) from None
    assert load.layout is not None
    fill_in(load.kernel, load.loaded, load.parsed, load.layout, percpu)
    if linked is not None and load.runner is not None:
        runner = load.runner
        load.undo.append(lambda: runner.forget(load.loaded))
        runner.place(load.loaded, load.parsed, linked)


def _finalize(load: Load, relocations: Relocations | None) -> None:
    """Look for the sections that the machine's `module_finalize()` fills in. Raises Refused."""
    names = {section.name for section in load.parsed.elf.sections}
    if relocations is not None and not names.issuperset(relocations.wanted):
        raise Refused()


def refusal(load: Load, refused: Refused) -> KernelError:
    """Log what the machine's own code says of a module that it refuses; return the error."""
    for line in refused.lines:
        load.kernel.printk(ERR, line)
    detail = refused.lines[0] if refused.lines else ""
    return KernelError(refused.errno, Cause(causes.RELOCATION_REFUSED, load.loaded.name, detail))


def applies(kernel: Kernel) -> bool:
    """Return whether relocations of modules for this kernel's machine are applied."""
    return kernel.arch.machine in APPLIED


def unlinked(kernel: Kernel) -> list[str]:
    """Return the loaded modules whose relocations were not applied: it is not known whether their values fit."""
    return [] if applies(kernel) else [module.name for module in kernel.modules.values()]


def _check_types(load: Load, relocations: Relocations | None) -> None:
    """Refuse relocation types that the kernel does not know, and log that nothing else is checked."""
    kernel, loaded = load.kernel, load.loaded
    assert load.layout is not None
    if relocations is not None:
        linker.check(load.parsed, load.layout, [area.base for area in loaded.areas], relocations)
    checked = "not checked" if relocations is None else "not checked, except for their types"
    known = ", ".join(APPLIED)
    kernel.note(f"{loaded.name}: relocations: not applied and {checked}: pymod applies those of {known}")


def known_addresses(load: Load) -> Mapping[str, int | None]:
    """Return the addresses of the symbols that the module needs, as far as they tell what its relocations reach.

    A symbol of another module that does not lie in its memory is a per-cpu variable, whose place is not known.
    """
    exporters, of_kernel = load.kernel.modules.exporters, distance_known(load.kernel)
    return {
        name: None if at is None or not (_lies_in(others, at) if (others := exporters(name)) else of_kernel) else at
        for name, at in load.addresses.items()
    }


def _lies_in(modules: Iterable[LoadedModule], address: int) -> bool:
    return any(module.holds(address) for module in modules)


def _link(load: Load, relocations: Relocations, percpu: int | None) -> linker.Linked | None:
    """Link the module. Without a runner nobody asks for what comes of that, and None is returned where it is certain
    that nothing is refused.
    """
    assert load.layout is not None
    runner = load.runner
    externals = known_addresses(load) if runner is None else runner.externals(load.addresses)
    bases = linker.Bases(tuple(area.base for area in load.loaded.areas), percpu)
    if runner is None and fits.certain(load.parsed.elf, load.layout, bases, externals, relocations):
        return None
    return linker.link(load.parsed, load.layout, bases, externals, relocations)
