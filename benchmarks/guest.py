"""A module's own code that only computes, on the machine and on a bare unicorn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import unicorn
from unicorn import x86_const as x86

from benchmarks.figure import Figure, seconds
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.images import ModuleImage
from modtools.formats.elf import ElfFile
from modtools.kernel.module.place_module import lay_out
from modtools.link.layout import align
from modtools.link.memory import PAGE
from modtools.link.relocate import Bases, Linked, link
from modtools.module import Module
from tests.emulated import boot, inserted
from tests.running import KO

_WORK = (("checksum", 256), ("digest", 16), ("order", 0))
_RETURN, _STACK, _BASE = 0x10000, 0x20000, 0x100000
"""Where bare code comes back to, where its stack ends, and where it lies."""


def figures() -> Iterator[Figure]:
    """Seconds of each computation on the machine, as a multiple of those on a bare unicorn."""
    with tempfile.TemporaryDirectory() as folder:
        guest = boot(Path(folder) / "state.json")
        inserted(guest, "compute")
        image = guest.images["compute"]
        bare, linked = _bare(guest)
        for name, argument in _WORK:
            place, start = image.symbol(name), _symbol(image, linked, name)
            ours = seconds(partial(guest.call, place, argument))
            theirs = seconds(partial(_run, bare, start, argument))
            assert guest.call(place, argument) == _run(bare, start, argument), name
            yield Figure(f"{name} on the machine", ours, "s")
            yield Figure(f"{name} on the machine, against unicorn", ours / theirs, "×", 1.3)


def _bare(guest: Guest) -> tuple[unicorn.Uc, Linked]:
    """The module linked at low addresses, where unicorn fetches by itself; what it has computed before is copied."""
    kernel, here = guest.kernel, guest.images["compute"]
    module = Module(ElfFile.open((KO / "compute.ko").read_bytes(), kernel.arch.bits, kernel.arch.little))
    layout = lay_out(kernel, module)
    relocations = kernel.identity.features.relocations
    assert relocations
    sizes = [align(part.size, PAGE) for part in layout.parts]
    bases = Bases(tuple(_BASE + sum(sizes[:number]) for number in range(len(sizes))))
    externals = {symbol.name: _RETURN for symbol in module.imports}
    linked = link(module, layout, bases, externals, relocations)
    engine = unicorn.Uc(unicorn.UC_ARCH_X86, unicorn.UC_MODE_64)
    engine.mem_map(0, align(_BASE + sum(sizes), PAGE))
    engine.mem_write(_RETURN, b"\xc3")
    for part in linked.parts:
        engine.mem_write(part.base, bytes(part.content))
    for name in (".data", ".bss"):
        place, size = here.section(name)
        section = module.elf.section(name)
        if section and size:
            engine.mem_write(linked.sections[section.index], guest.memory.read(place, size))
    return engine, linked


def _symbol(image: ModuleImage, linked: Linked, name: str) -> int:
    return next(at for symbol, at in zip(image.module.elf.symbols, linked.values, strict=True) if symbol.name == name)


def _run(engine: unicorn.Uc, start: int, argument: int) -> int:
    """Call a function; return its result."""
    end = _RETURN + 1
    engine.mem_write(_STACK, end.to_bytes(8, "little"))
    engine.reg_write(x86.UC_X86_REG_RSP, _STACK)
    engine.reg_write(x86.UC_X86_REG_RDI, argument)
    engine.emu_start(start, end)
    result: int = engine.reg_read(x86.UC_X86_REG_RAX)
    return result
