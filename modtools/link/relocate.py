"""Linking: a module's sections, copied to where they are placed and with their relocations done.

From Linux 6.1: `kernel/module/main.c: move_module(), simplify_symbols(), apply_relocations()`. Pure: from a module, a
layout, base addresses and the values of undefined symbols to parts as bytes. What a machine does with a relocation is
a value (`relocations.py`), one for each machine (`machines.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from modtools.formats.elf import ElfFile, Relocation, Section, Symbol
from modtools.formats.elfvalues import SHN_ABS, SHN_LORESERVE, SHN_UNDEF, SHT_NOBITS, SHT_REL, SHT_RELA
from modtools.integers import MASK64
from modtools.light import NamedTuple
from modtools.link.areas import Kind
from modtools.link.layout import Layout
from modtools.link.memory import Fault
from modtools.link.relocations import Refused, Relocations, Rule, Veneers
from modtools.module import Module

_SYMBOL_SIZE, _VALUE_AT = 24, 8
PERCPU = ".data..percpu"
"""The section of a module's per-cpu variables, which are not placed with the others."""
_ZEROS = {size: bytes(size) for size in (1, 2, 4, 8)}


class LinkedPart(NamedTuple):
    """One part of a linked module: where it stands, and its bytes.

    `searched` is the lowest address of a symbol that names an address in it, and where its last symbol ends.
    """

    kind: Kind
    base: int
    content: bytearray
    searched: tuple[int, int]


@dataclass(slots=True)
class Linked:
    """A linked module: its parts in the order of its layout, and the value of each symbol by its index.

    `headers` are the section headers by which it was laid out, `sections` the addresses of those sections that lie in a
    part, by index. `unknown` are the symbols whose value nobody knows. They count as 0, and nobody can say whether what
    follows fits. `veneers` has, by section, the target of each veneer in it.
    """

    parts: tuple[LinkedPart, ...]
    headers: Sequence[Section]
    sections: dict[int, int]
    values: list[int] = field(default_factory=list)
    unknown: frozenset[int] = frozenset()
    veneers: dict[int, list[int]] = field(default_factory=dict)

    def locate(self, address: int, size: int, *, write: bool) -> tuple[bytearray, int]:
        """The part that some bytes lie in, as bytes, and their offset there. Raises Fault."""
        for part in self.parts:
            if part.base <= address and address + size <= part.base + len(part.content):
                return part.content, address - part.base
        raise Fault(address, write=write)


class Bases(NamedTuple):
    """Where a module's parts stand, in the order of its layout; `percpu` is the offset of its per-cpu variables in each
    processor's area; None if it is not known.
    """

    parts: tuple[int, ...]
    percpu: int | None = 0


def link(
    module: Module, layout: Layout, bases: Bases, externals: Mapping[str, int | None], relocations: Relocations
) -> Linked:
    """Place a module and do all its relocations.

    `externals` has the values of the undefined symbols, None where nobody knows one; what is not there is 0. Raises
    Refused, and Fault where the kernel itself would reach for memory that is not there.
    """
    linked = _move(module.elf, layout, bases)
    linked.unknown = unknown_symbols(module.elf, externals, bases)
    linked.values = [symbol_value(symbol, linked.sections, externals) for symbol in module.elf.symbols]
    for table in module.elf.sections[1:]:
        if table.type in (SHT_REL, SHT_RELA) and layout.part_of(table.info) is not None:
            _apply(module, table, linked, relocations)
    return linked


def _move(elf: ElfFile, layout: Layout, bases: Bases) -> Linked:
    """Copy the sections to their places, in their order: odd alignments let them overlap. Raises Fault."""
    parts = tuple(
        LinkedPart(part.kind, base, bytearray(part.size), part.searched(base))
        for part, base in zip(layout.parts, bases.parts, strict=True)
    )
    placed = layout.addresses(bases.parts)
    linked = Linked(parts, layout.sections, section_addresses(elf, placed, bases))
    for section in layout.sections:
        address = placed.get(section.index)
        if address is not None and section.type != SHT_NOBITS and section.size:
            content, offset = linked.locate(address, section.size, write=True)
            content[offset : offset + section.size] = elf.contents(section)
    return linked


def section_addresses(elf: ElfFile, placed: Mapping[int, int], bases: Bases) -> dict[int, int]:
    """Return what the symbols of each section are relative to, by index; per-cpu variables are not among the placed."""
    percpu = elf.section(PERCPU)
    return {**({} if percpu is None else {percpu.index: bases.percpu or 0}), **placed}


def symbol_value(symbol: Symbol, sections: Mapping[int, int], externals: Mapping[str, int | None]) -> int:
    """Return the value of a symbol; 0 where nobody knows it."""
    if symbol.shndx == SHN_UNDEF:
        return externals.get(symbol.name) or 0
    if symbol.shndx == SHN_ABS or symbol.shndx >= SHN_LORESERVE:
        return symbol.value
    return sections.get(symbol.shndx, 0) + symbol.value & MASK64


def unknown_symbols(elf: ElfFile, externals: Mapping[str, int | None], bases: Bases) -> frozenset[int]:
    """The symbols, by index, whose value nobody knows."""
    names = {name for name, value in externals.items() if value is None}
    sections = elf.symbol_table.sections
    undefined = [at for at, section in enumerate(sections) if section == SHN_UNDEF] if names else []
    symbols = zip(undefined, elf.symbols_at(undefined), strict=True)
    found = frozenset(at for at, symbol in symbols if symbol.name in names)
    percpu = elf.section(PERCPU) if bases.percpu is None else None
    if percpu is None:
        return found
    return found.union(at for at, section in enumerate(sections) if section == percpu.index)


def _apply(module: Module, table: Section, linked: Linked, relocations: Relocations) -> None:
    if table.type == SHT_REL and not relocations.rel:
        raise Refused(f"module {module.name}: REL relocation unsupported")
    if table.type != SHT_RELA:
        return
    base, values, rules = linked.sections[table.info], linked.values, relocations.rules
    part, shift = linked.locate(base, 0, write=False)
    end = len(part)
    for offset, kind, symbol, addend in _entries(module.elf, table, relocations):
        value = (values[symbol] if symbol < len(values) else _stray_value(module.elf, linked, symbol)) + (addend or 0)
        rule = rules.get(kind)
        if rule is None:
            raise _unknown_type(module.name, kind, relocations)
        if rule.fits and symbol in linked.unknown:
            rule = rule._replace(fits=None)
        if size := rule.field.size:
            at = shift + offset
            if at + size > end:
                read = rule.field.pieces or relocations.occupied
                part, at = linked.locate(base + offset & MASK64, size, write=not read)
            _put(module, part, at, base + offset, kind, rule, value & MASK64, linked, relocations)


def _entries(elf: ElfFile, table: Section, relocations: Relocations) -> list[Relocation]:
    """Return the relocations of a table in the order in which this machine's kernel goes through them."""
    entries = elf.relocations_in(table)
    return entries if relocations.order is None else relocations.order(elf, elf.sections[table.info], entries)


def _unknown_type(module: str, kind: int, relocations: Relocations, place: int = 0) -> Refused:
    """What is said of a type that is not done."""
    line = relocations.never.get(kind, relocations.unknown).format(module=module, kind=kind, place=place)
    return Refused(*filter(None, [line]), errno=relocations.errno)


def _put(
    module: Module,
    part: bytearray,
    at: int,
    place: int,
    kind: int,
    rule: Rule,
    target: int,
    linked: Linked,
    relocations: Relocations,
) -> None:
    """Fill one place, which on some machines must be empty. `target` is S + A."""
    field, size = rule.field, rule.field.size
    if relocations.occupied and part[at : at + size] != _ZEROS[size]:
        raise _refused(relocations.occupied, kind=kind, place=place, value=target)
    value = (target & rule.mask) - (place & rule.mask) & MASK64 if rule.relative else target
    fits = rule.fits is None or rule.fits(value)
    if not fits and rule.far and (near := _veneer(module.elf, linked, relocations.veneers, part, target)):
        value, fits = near - place & MASK64, True
    order: Literal["little", "big"] = "little" if module.elf.header.little else "big"
    if field.pieces:
        value_there = int.from_bytes(part[at : at + size], order)
        part[at : at + size] = field.insert(value_there, value).to_bytes(size, order)
    else:
        part[at : at + size] = (value & (1 << 8 * size) - 1).to_bytes(size, order)
    if not fits:
        raise _refused(relocations.overflow, module=module.name, kind=kind, value=value)


def _refused(lines: Iterable[str], **words: object) -> Refused:
    return Refused(*(line.format(**words) for line in lines))


def _veneer(elf: ElfFile, linked: Linked, veneers: Veneers | None, part: bytearray, target: int) -> int | None:
    """Return the address of the veneer for a target, which is made unless the last one is it; None where there is no
    room.
    """
    if veneers is None:
        return None
    in_init = next(each.kind.init for each in linked.parts if each.content is part)
    found = elf.section(veneers.sections[in_init])
    if found is None or found.index not in linked.sections:
        return None
    section = linked.headers[found.index]
    made = linked.veneers.setdefault(section.index, [])
    if made[-1:] == [target]:
        return linked.sections[section.index] + (len(made) - 1) * veneers.size
    at = len(made) * veneers.size
    if at + veneers.size > section.size:
        return None
    made.append(target)
    place = linked.sections[section.index] + at
    content, offset = linked.locate(place, veneers.size, write=True)
    content[offset : offset + veneers.size] = veneers.code(place, target)
    return place


def _stray_value(elf: ElfFile, linked: Linked, index: int) -> int:
    """What stands where the value of a symbol that is not in the table would be: the strings, or nothing. Raises Fault.

    The table lies in the init part, so the kernel reads what follows there.
    """
    assert elf.symtab is not None
    place = linked.sections[elf.symtab.index] + _SYMBOL_SIZE * index + _VALUE_AT
    part, at = linked.locate(place, 8, write=False)
    return int.from_bytes(part[at : at + 8], "little")


def check(module: Module, layout: Layout, bases: Sequence[int], relocations: Relocations) -> None:
    """Look at the types of all relocations, in the kernel's order. Raises Refused."""
    for table in module.elf.sections[1:]:
        if table.type in (SHT_REL, SHT_RELA) and layout.part_of(table.info) is not None:
            if not (relocations.rela if table.type == SHT_RELA else relocations.rel):
                kind = "RELA" if table.type == SHT_RELA else "REL"
                raise Refused(f"module {module.name}: {kind} relocation unsupported")
            if not {entry.type & relocations.mask for entry in module.elf.relocations_in(table)} <= relocations.known:
                entries = _entries(module.elf, table, relocations)
                _refuse(module.name, entries, layout.address(table.info, bases) or 0, relocations)


def _refuse(module: str, entries: Iterable[Relocation], base: int, relocations: Relocations) -> None:
    for offset, number, _, _ in entries:
        kind = number & relocations.mask
        if kind not in relocations.known:
            raise _unknown_type(module, kind, relocations, base + offset)
