"""What files tell of a kernel: each source gives a `PartialIdentity`, and several are merged into one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from modtools import profiles
from modtools.errors import PymodError
from modtools.kernel.facts import FACTS, SYMBOLS
from modtools.link.arch import arch_for_elf
from modtools.module import Module, read_module
from modtools.profiles import Extent, Profile
from modtools.profiles.exports import ByName, ExportedSymbol

LARGEST = 1 << 28
"""Bytes of a file that is read: the lists and the modules of the largest kernels have a tenth of it."""

EXPORTS: Final = "exports.bin"
"""The file of a profile that has the exported symbols."""

SymbolsByName = Mapping[str, ExportedSymbol]


@dataclass(frozen=True, slots=True)
class PartialIdentity:
    """What sources tell of a kernel, "" where they tell nothing.

    `origin` names the sources, `knows` has those lists of `FACTS` that are known completely, `notes` say in sentences
    what was left out. `version` is the text of /proc/version, `config` maps options without CONFIG_ to their values,
    `files` has what a profile keeps of the kernel in a file of its own (`modtools/profiles`), by the name of the file.
    `memory` is where in memory the kernel lies.
    `sources` says which source told a fact; where it is empty, all is told by the one in `origin`.
    """

    origin: str
    release: str = ""
    machine: str = ""
    vermagic: str = ""
    symbols: SymbolsByName | None = None
    knows: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    version: str = ""
    config: Mapping[str, str] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    cmdline: str | None = None
    memory: Extent | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


_TEXTS: Final = ("release", "machine", "vermagic")
"""Facts that are known where anything is told of them."""
_COLUMNS: Mapping[str, Callable[[ExportedSymbol], bool]] = {
    "crcs": lambda symbol: symbol.crc is not None,
    "addresses": lambda symbol: symbol.address is not None,
}
"""Facts that are known where each symbol of a complete list has them."""


def known(part: PartialIdentity) -> frozenset[str]:
    """Return the facts that a source tells completely."""
    facts = {fact for fact in _TEXTS if getattr(part, fact)}
    facts |= {fact for fact in ("cmdline",) if part.cmdline is not None}
    facts |= {fact for name in part.files if name != EXPORTS for fact in profiles.FILES.get(name, ())}
    if SYMBOLS in part.knows and part.symbols:
        columns = ((fact, has) for fact, has in _COLUMNS.items() if fact not in part.knows)
        facts |= {fact for fact, has in columns if all(map(has, part.symbols.values()))}
    return part.knows | facts


_IDENTITY: Final = frozenset((*_TEXTS, SYMBOLS, "gpl", "namespaces"))


def tells_all(part: PartialIdentity) -> bool:
    """Return whether a source tells all that modules for the kernel could tell of it, and more."""
    has_crcs = "modversions" in part.vermagic.split()
    return known(part) >= _IDENTITY | ({"crcs"} if has_crcs else set())


def told(part: PartialIdentity) -> Mapping[str, str]:
    """Return the source of each fact that is told, completely or in part."""
    if part.sources:
        return part.sources
    facts = {*known(part), *(fact for fact in ("version",) if part.version)}
    if part.symbols:
        columns = ((fact, has) for fact, has in _COLUMNS.items() if fact not in facts)
        facts |= {SYMBOLS, *(fact for fact, has in columns if any(map(has, part.symbols.values())))}
    return dict.fromkeys(facts, part.origin)


def of_profile(profile: Profile, origin: str = "") -> PartialIdentity:
    """Return what a profile tells of its kernel; where it says only what was taken for true, it tells nothing."""
    release, machine, vermagic = ("" if fact in profile.unknown else getattr(profile, fact) for fact in _TEXTS)
    return PartialIdentity(
        origin or profile.title,
        release,
        machine,
        vermagic,
        ByName(profile.exports) if profile.has(EXPORTS) else None,
        frozenset(FACTS) - profile.unknown,
        version=profile.version,
        config=None if "options" in profile.unknown else profile.config,
        cmdline=None if "cmdline" in profile.unknown else profile.cmdline,
        memory=profile.memory,
        notes=profile.notes,
        sources=profile.sources,
    )


def of_archive(origin: str, data: bytes) -> PartialIdentity:
    """Return what the archive of a profile tells, with its files. Raises FormatError for a damaged one."""
    profile = profiles.of_archive(origin, data)
    files = {name: content for name in profiles.FILES if (content := profile.files.read(name)) is not None}
    return replace(of_profile(profile, origin), files=files)


def assumed(profile: Profile) -> SymbolsByName:
    """Return the symbols to assume of a kernel of which none are told: those of a profile without CRC and address."""
    return {symbol.name: symbol._replace(crc=None, address=None) for symbol in profile.exports}


def merge(one: PartialIdentity, other: PartialIdentity) -> PartialIdentity:
    """Return what both tell: of each fact and symbol what the first one says, else what the other says.

    Where one has the complete list of symbols, the kernel has no others.
    """
    return replace(
        one,
        origin=f"{one.origin} and {other.origin}",
        release=one.release or other.release,
        machine=one.machine or other.machine,
        vermagic=one.vermagic or other.vermagic,
        symbols=_symbols(one, other),
        knows=(one.knows | other.knows) - (_COLUMNS.keys() if None not in (one.symbols, other.symbols) else set()),
        notes=(*one.notes, *other.notes),
        version=one.version or other.version,
        config=other.config if one.config is None else one.config,
        files=_files(one, other),
        cmdline=other.cmdline if one.cmdline is None else one.cmdline,
        memory=one.memory or other.memory,
        sources=_sources(one, other),
    )


def _symbols(one: PartialIdentity, other: PartialIdentity) -> SymbolsByName | None:
    if one.symbols is None or other.symbols is None:
        return other.symbols if one.symbols is None else one.symbols
    mine, theirs = one.symbols, other.symbols
    if SYMBOLS in one.knows:
        names = list(mine)
    elif SYMBOLS in other.knows:
        names = list(theirs)
    else:
        names = list({**mine, **theirs})
    return {name: _both(mine.get(name), theirs.get(name)) for name in names}


def _files(one: PartialIdentity, other: PartialIdentity) -> Mapping[str, bytes]:
    """Return the files of both; a table of exports only where it has what both tell."""
    files = {**other.files, **one.files}
    if one.symbols is not None and other.symbols is not None:
        files.pop(EXPORTS, None)
    return files


def _sources(one: PartialIdentity, other: PartialIdentity) -> Mapping[str, str]:
    """Return the source of each fact: one that tells it completely, the first before the other, else both."""
    mine, theirs, sources = told(one), told(other), dict[str, str]()
    knows = [(known(one), mine), (known(other), theirs)]
    for fact in mine.keys() | theirs.keys():
        whole = [origins[fact] for facts, origins in knows if fact in facts]
        parts = [origins[fact] for _, origins in knows if fact in origins]
        sources[fact] = whole[0] if whole else " and ".join(dict.fromkeys(parts))
    return sources


def check_agreement(parts: Sequence[PartialIdentity]) -> None:
    """Raise PymodError, with the names of both, for two sources that tell of different kernels."""
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            for mine, theirs in _told_by_both(one, other):
                if mine != theirs:
                    raise PymodError(f"{one.origin} is for {mine}, but {other.origin} for {theirs}: name one kernel")


def _told_by_both(one: PartialIdentity, other: PartialIdentity) -> Iterator[tuple[str, str]]:
    """Yield what both sources tell, in words: release, machine, version magic, and the CRC of each symbol."""
    if one.release and other.release:
        yield one.release, other.release
    if one.machine and other.machine:
        yield one.machine, other.machine
    if one.vermagic and other.vermagic:
        yield one.vermagic.strip(), other.vermagic.strip()
    mine, theirs = one.symbols or {}, other.symbols or {}
    for name in mine.keys() & theirs.keys():
        crcs = mine[name].crc, theirs[name].crc
        if None not in crcs and crcs[0] != crcs[1]:
            yield f"a kernel whose {name} has the CRC {crcs[0]:#010x}", f"one where it is {crcs[1]:#010x}"


def _both(one: ExportedSymbol | None, other: ExportedSymbol | None) -> ExportedSymbol:
    """Return one symbol with what both lists say of it."""
    if one is None or other is None:
        found = one or other
        assert found is not None
        return found
    return ExportedSymbol(
        one.name,
        other.crc if one.crc is None else one.crc,
        one.gpl or other.gpl,
        one.namespace or other.namespace,
        other.address if one.address is None else one.address,
        other.type if one.type == "?" else one.type,
    )


def opened(path: Path | str) -> Module:
    """Return a module file. Raises PymodError with its name if it cannot be opened, FormatError if it is damaged."""
    try:
        return read_module(path, LARGEST)
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error


def machine(path: str, module: Module) -> str:
    """Return the machine that a module is for, as `uname -m` says it. Raises PymodError for an unknown one."""
    header = module.elf.header
    arch = arch_for_elf(header.machine, header.bits, header.little)
    if arch is None:
        raise PymodError(f"{path} is for a machine that pymod does not know (e_machine {header.machine})")
    return arch.machine
