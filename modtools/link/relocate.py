"""Linking: a module's sections, copied to where they are placed and with their relocations done.

From Linux 6.1: `kernel/module/main.c: move_module(), simplify_symbols(), apply_relocations()`. Pure: from a module, a
layout, two base addresses and the values of undefined symbols to two parts as bytes. What an architecture does with a
relocation is a table (`Rules`) in a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from modtools.formats.elf import ElfFile, Section, Symbol
from modtools.formats.elfvalues import SHN_ABS, SHN_LORESERVE, SHN_UNDEF, SHT_NOBITS, SHT_REL, SHT_RELA
from modtools.integers import MASK64
from modtools.link.layout import Layout
from modtools.link.memory import Fault
from modtools.linuxerrno import ENOEXEC
from modtools.module import Module

_SYMBOL_SIZE, _VALUE_AT = 24, 8
_ZEROS = {size: bytes(size) for size in (1, 2, 4, 8)}


class Refused(Exception):
    """A relocation that the kernel does not do. `lines` is what it logs, each without its newline."""

    def __init__(self, *lines: str, errno: int = ENOEXEC) -> None:
        super().__init__(*lines)
        self.lines, self.errno = lines, errno


class Rule(NamedTuple):
    """One type of relocation: how many bytes it fills, whether the place is subtracted, which values fit.

    `fits` is None where the kernel does not look. A size of 0 is a relocation that does nothing.
    """

    name: str
    size: int
    relative: bool = False
    fits: Callable[[int], bool] | None = None


class Rules(NamedTuple):
    """What one architecture does: its types by number, and the texts with which it refuses.

    `unknown(module, type)`, `occupied(type, place, value)` and `overflow(module, type, value)` give log lines.
    """

    types: Mapping[int, Rule]
    unknown: Callable[[str, int], tuple[str, ...]]
    occupied: Callable[[int, int, int], tuple[str, ...]]
    overflow: Callable[[str, int, int], tuple[str, ...]]
    rel: bool = False


@dataclass(slots=True)
class Linked:
    """A linked module: its two parts, where they stand, and the value of each symbol by its index.

    `unknown` are the symbols whose value nobody knows. They count as 0, and nobody can say whether what follows fits.
    """

    core: bytearray
    init: bytearray
    core_base: int
    init_base: int
    sections: dict[int, int]
    values: list[int] = field(default_factory=list)
    unknown: frozenset[int] = frozenset()

    def locate(self, address: int, size: int, *, write: bool) -> tuple[bytearray, int]:
        """The part that some bytes lie in and their offset there. Raises Fault."""
        for part, base in ((self.core, self.core_base), (self.init, self.init_base)):
            if base <= address and address + size <= base + len(part):
                return part, address - base
        raise Fault(address, write=write)


class Bases(NamedTuple):
    """Where a module's parts stand; `percpu` is the offset of its per-cpu variables in each processor's area."""

    core: int
    init: int
    percpu: int = 0


def link(module: Module, layout: Layout, bases: Bases, externals: Mapping[str, int | None], rules: Rules) -> Linked:
    """Place a module and do all its relocations.

    `externals` has the values of the undefined symbols, None where nobody knows one; what is not there is 0. Raises
    Refused, and Fault where the kernel itself would reach for memory that is not there.
    """
    linked = _move(module.elf, layout, bases)
    linked.unknown = _unknown(module.elf, externals)
    linked.values = [_value(symbol, linked.sections, externals) for symbol in module.elf.symbols]
    for table in module.elf.sections[1:]:
        if table.info in layout.core.offsets or table.info in layout.init.offsets:
            _apply(module, table, linked, rules)
    return linked


def _move(elf: ElfFile, layout: Layout, bases: Bases) -> Linked:
    """Copy the sections to their places, in their order: odd alignments let them overlap. Raises Fault."""
    linked = Linked(bytearray(layout.core.size), bytearray(layout.init.size), bases.core, bases.init, {})
    if percpu := elf.section(".data..percpu"):
        linked.sections[percpu.index] = bases.percpu
    for index in sorted((*layout.core.offsets, *layout.init.offsets)):
        section = elf.sections[index]
        address = layout.address(index, bases.core, bases.init)
        assert address is not None
        linked.sections[index] = address
        if section.type != SHT_NOBITS and section.size:
            content, offset = linked.locate(address, section.size, write=True)
            content[offset : offset + section.size] = elf.contents(section)
    return linked


def _value(symbol: Symbol, sections: Mapping[int, int], externals: Mapping[str, int | None]) -> int:
    if symbol.shndx == SHN_UNDEF:
        return externals.get(symbol.name) or 0
    if symbol.shndx == SHN_ABS or symbol.shndx >= SHN_LORESERVE:
        return symbol.value
    return sections.get(symbol.shndx, 0) + symbol.value & MASK64


def _unknown(elf: ElfFile, externals: Mapping[str, int | None]) -> frozenset[int]:
    """The symbols, by index, whose value nobody knows."""
    names = {name for name, value in externals.items() if value is None}
    undefined = enumerate(elf.symbols) if names else ()
    return frozenset(at for at, symbol in undefined if symbol.shndx == SHN_UNDEF and symbol.name in names)


def _apply(module: Module, table: Section, linked: Linked, rules: Rules) -> None:
    if table.type == SHT_REL and not rules.rel:
        raise Refused(f"module {module.name}: REL relocation unsupported")
    if table.type != SHT_RELA:
        return
    base, values, types = linked.sections[table.info], linked.values, rules.types
    part, shift = linked.locate(base, 0, write=False)
    end = len(part)
    for offset, kind, symbol, addend in module.elf.relocations_in(table):
        value = (values[symbol] if symbol < len(values) else _stray_value(module.elf, linked, symbol)) + (addend or 0)
        rule = types.get(kind)
        if rule is None:
            raise Refused(*rules.unknown(module.name, kind))
        if rule.fits and symbol in linked.unknown:
            rule = rule._replace(fits=None)
        if rule.size:
            at = shift + offset
            if at + rule.size > end:
                part, at = linked.locate(base + offset & MASK64, rule.size, write=False)
            _put(module.name, part, at, base + offset, kind, rule, value & MASK64, rules)


def _put(module: str, part: bytearray, at: int, place: int, kind: int, rule: Rule, value: int, rules: Rules) -> None:
    """Fill one place, which must be empty."""
    size = rule.size
    if part[at : at + size] != _ZEROS[size]:
        raise Refused(*rules.occupied(kind, place, value))
    if rule.relative:
        value = value - place & MASK64
    part[at : at + size] = value.to_bytes(8, "little")[:size]
    if rule.fits and not rule.fits(value):
        raise Refused(*rules.overflow(module, kind, value))


def _stray_value(elf: ElfFile, linked: Linked, index: int) -> int:
    """What stands where the value of a symbol that is not in the table would be: the strings, or nothing. Raises Fault.

    The table lies in the init part, so the kernel reads what follows there.
    """
    assert elf.symtab is not None
    place = linked.sections[elf.symtab.index] + _SYMBOL_SIZE * index + _VALUE_AT
    part, at = linked.locate(place, 8, write=False)
    return int.from_bytes(part[at : at + 8], "little")
