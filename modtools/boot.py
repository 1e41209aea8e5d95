"""Which kernel to boot: the built-in one, or one that a tree, a symbol file or a module tells of.

What the sources do not tell is known only if it is the built-in kernel that they tell of; else it is noted as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from modtools import profiles
from modtools.kernel.facts import FACTS, SYMBOLS
from modtools.kernel.identity import Identity
from modtools.kernel.state import Kernel
from modtools.profiles import Profile
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import Sketch, assumed, merge, of_profile
from modtools.sources.lists import from_symvers, from_system_map
from modtools.sources.modules import from_module, from_tree
from modtools.stateparts import new_name
from modtools.store import Store

_LAYOUT = "module_layout"


@dataclass(frozen=True, slots=True)
class Source:
    """What the user names; empty where nothing is named."""

    release: str = ""
    symvers: str = ""
    system_map: str = ""
    tree: str = ""
    like: str = ""
    cmdline: str | None = None


class Booted(NamedTuple):
    """The new kernel, and what was passed over in its sources, in sentences."""

    kernel: Kernel
    notes: tuple[str, ...]


def boot(store: Store, source: Source, *, force: bool = False) -> Booted:
    """Start afresh with the kernel that `source` describes; what was stored is replaced. Raises PymodError.

    With `force`, a file that is no state is replaced, too.
    """
    default = store.default().identity
    sketch = _sketch(source)
    identity, listed = (default, None) if sketch is None else _complete(sketch, default)
    if source.cmdline is not None:
        unknown = tuple(fact for fact in identity.unknown if fact != "cmdline")
        identity = identity._replace(cmdline=source.cmdline, unknown=unknown)
    kernel = store.boot(identity)
    store.replace(kernel, None if listed is None else list((listed.symbols or {}).values()), force=force)
    return Booted(kernel, () if sketch is None else (*sketch.notes, *_assumptions(kernel.identity)))


def _assumptions(identity: Identity) -> Iterator[str]:
    """What is taken for true because there must be something."""
    for fact, value in (("release", identity.release), ("machine", identity.machine)):
        if fact in identity.unknown:
            yield f"nothing tells {FACTS[fact]}: {value} is taken"


def _sketch(source: Source) -> Sketch | None:
    """What the named sources tell: a tree or a module first, completed by symbol files. None: nothing is named."""
    profile = profiles.load()
    sketches = [
        read(Path(path))
        for path, read in (
            (source.tree, from_tree),
            (source.like, lambda path: from_module(path, profile)),
            (source.symvers, from_symvers),
            (source.system_map, from_system_map),
        )
        if path
    ]
    if not sketches and source.release in ("", profile.release):
        return None
    if not sketches:
        sketches = [Sketch(f"{profile.title}, under another release", symbols=assumed(profile))]
    sketch = reduce(merge, sketches)
    return replace(sketch, release=source.release or sketch.release)


def _complete(sketch: Sketch, default: Identity) -> tuple[Identity, Sketch | None]:
    """The identity of the kernel in the sketch, and the sketch with its symbols, None where they are the profile's."""
    profile = profiles.load()
    if not _is_of(sketch, profile):
        return _other(sketch, default), sketch
    identity = default._replace(booted_from=f"{sketch.origin}, which is for {profile.title}")
    if SYMBOLS not in sketch.knows:
        return identity, None
    return identity._replace(symbols=new_name("symbols")), merge(sketch, of_profile(profile))


def _is_of(sketch: Sketch, profile: Profile) -> bool:
    """Whether it is the kernel of the profile: something must say so, and nothing else."""
    unheard = ExportedSymbol(_LAYOUT, None, False, "", None)
    ours, theirs = profile.exports.get(_LAYOUT) or unheard, (sketch.symbols or {}).get(_LAYOUT, unheard)
    distinct = ((sketch.release, profile.release), (theirs.crc, ours.crc))
    told = (
        *distinct,
        (sketch.machine, profile.machine),
        (sketch.vermagic, profile.vermagic),
        (theirs.address, ours.address),
    )
    return all(not value or value == its for value, its in told) and any(value for value, _ in distinct)


def _other(sketch: Sketch, default: Identity) -> Identity:
    """A kernel that is not the profile's. What nobody tells is as with the profile's where there must be something, and
    noted as unknown."""
    release, machine = sketch.release or default.release, sketch.machine or default.machine
    options = (sketch.vermagic or default.vermagic).partition(" ")[2]
    modversions = "modversions" in options.split()
    knows = set(sketch.knows)
    knows |= {fact for fact, told in (("release", sketch.release), ("machine", sketch.machine)) if told}
    if not modversions or all(symbol.crc is not None for symbol in (sketch.symbols or {}).values()):
        knows.add("crcs")
    return default._replace(
        release=release,
        machine=machine,
        vermagic=sketch.vermagic if sketch.vermagic.partition(" ")[0] == release else f"{release} {options}",
        version=f"Linux version {release}",
        cmdline="",
        config=default.config._replace(modversions=modversions, retpoline=machine in ("x86_64", "i686")),
        profile="",
        symbols=new_name("symbols"),
        booted_from=sketch.origin,
        unknown=tuple(fact for fact in FACTS if fact not in knows),
    )
