"""What the files of a person tell of a kernel: each source gives a `Sketch`, and several are put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from modtools.errors import FormatError, PymodError
from modtools.kernel.facts import FACTS, SYMBOLS
from modtools.link.arch import arch_for_elf
from modtools.module import Module, read_module
from modtools.profiles import Profile
from modtools.profiles.exports import ExportedSymbol

LARGEST = 1 << 28
"""Bytes of a file that is read: the lists and the modules of the largest kernels have a tenth of it."""

Symbols = dict[str, ExportedSymbol]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is told of a kernel, "" where nothing is.

    `knows` are the `FACTS` that are told whole, `notes` what was passed over, in sentences.
    """

    origin: str
    release: str = ""
    machine: str = ""
    vermagic: str = ""
    symbols: Symbols | None = None
    knows: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def of_profile(profile: Profile) -> Sketch:
    """The kernel of a profile, of which everything is known."""
    symbols = {symbol.name: symbol for symbol in profile.exports}
    return Sketch(profile.title, profile.release, profile.machine, profile.vermagic, symbols, frozenset(FACTS))


def assumed(profile: Profile) -> Symbols:
    """The symbols of a kernel of which nothing is told: those of a profile, as far as others may have them alike."""
    return {symbol.name: symbol._replace(crc=None, address=None) for symbol in profile.exports}


def merge(one: Sketch, other: Sketch) -> Sketch:
    """Both together: fact by fact and symbol by symbol, the first that knows it counts. A list of symbols that is known
    to be whole says of all others that they are not the kernel's."""
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
    )


def _both(one: ExportedSymbol | None, other: ExportedSymbol | None) -> ExportedSymbol:
    """One symbol by two lists."""
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
    """A module file. Raises PymodError with its name."""
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
    """The machine that it is for, as `uname -m` says it. Raises PymodError."""
    header = module.elf.header
    arch = arch_for_elf(header.machine, header.bits, header.little)
    if arch is None:
        raise PymodError(f"{path} is for a machine that pymod does not know (e_machine {header.machine})")
    return arch.machine
