"""What files tell of a kernel: each source gives a `PartialIdentity`, and several are merged into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from modtools.errors import FormatError, PymodError
from modtools.kernel.facts import FACTS, SYMBOLS
from modtools.link.arch import arch_for_elf
from modtools.module import Module, read_module
from modtools.profiles import Profile
from modtools.profiles.exports import ExportedSymbol

LARGEST = 1 << 28
"""Bytes of a file that is read: the lists and the modules of the largest kernels have a tenth of it."""

SymbolsByName = dict[str, ExportedSymbol]


@dataclass(frozen=True, slots=True)
class PartialIdentity:
    """What sources tell of a kernel, "" where they tell nothing.

    `origin` names the sources, `knows` has those `FACTS` that are known completely, `notes` say in sentences what was
    left out. `version` is the text of /proc/version, `config` maps options without CONFIG_ to their values, `files` has
    what a profile keeps of the kernel in a file of its own (`modtools/profiles`), by the name of the file.
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


def of_profile(profile: Profile) -> PartialIdentity:
    """Return what a profile tells of its kernel, which is everything."""
    symbols = {symbol.name: symbol for symbol in profile.exports}
    return PartialIdentity(profile.title, profile.release, profile.machine, profile.vermagic, symbols, frozenset(FACTS))


def assumed(profile: Profile) -> SymbolsByName:
    """Return the symbols to assume of a kernel of which none are told: those of a profile without CRC and address."""
    return {symbol.name: symbol._replace(crc=None, address=None) for symbol in profile.exports}


def merge(one: PartialIdentity, other: PartialIdentity) -> PartialIdentity:
    """Return what both tell: of each fact and symbol what the first one says, else what the other says.

    Where one has the complete list of symbols, the kernel has no others.
    """
    mine, theirs = one.symbols or {}, other.symbols or {}
    if SYMBOLS in one.knows:
        names = list(mine)
    elif SYMBOLS in other.knows:
        names = list(theirs)
    else:
        names = list(mine | theirs)
    return replace(
        one,
        origin=f"{one.origin} and {other.origin}",
        release=one.release or other.release,
        machine=one.machine or other.machine,
        vermagic=one.vermagic or other.vermagic,
        symbols={name: _both(mine.get(name), theirs.get(name)) for name in names},
        knows=one.knows | other.knows,
        notes=one.notes + other.notes,
        version=one.version or other.version,
        config=other.config if one.config is None else one.config,
        files={**other.files, **one.files},
    )


def check_agreement(parts: Sequence[PartialIdentity]) -> None:
    """Raise PymodError, with the names of both, for two sources that tell of different kernels."""
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            for mine, theirs in _told_by_both(one, other):
                if mine != theirs:
                    raise PymodError(f"{one.origin} is for {mine}, but {other.origin} for {theirs}: name one kernel")


def _told_by_both(one: PartialIdentity, other: PartialIdentity) -> Iterator[tuple[str, str]]:
    """Yield what both sources tell, in words: release, machine, and the CRC of each symbol."""
    if one.release and other.release:
        yield one.release, other.release
    if one.machine and other.machine:
        yield one.machine, other.machine
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


def read(path: Path) -> Module:
    """Return a module file, all of which can be read. Raises PymodError with its name."""
    try:
        module = read_module(path, LARGEST)
        module.versions, module.modinfo, module.imports, module.exports, module.name  # noqa: B018  # raise now what they would later
    except OSError as error:
        raise PymodError(f"{path}: {error.strerror}") from error
    except FormatError as error:
        raise PymodError(f"{path} is no module, or is damaged: {error}") from error
    machine(path, module)
    return module


def machine(path: Path, module: Module) -> str:
    """Return the machine that a module is for, as `uname -m` says it. Raises PymodError for an unknown one."""
    header = module.elf.header
    arch = arch_for_elf(header.machine, header.bits, header.little)
    if arch is None:
        raise PymodError(f"{path} is for a machine that pymod does not know (e_machine {header.machine})")
    return arch.machine
