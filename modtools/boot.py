"""Which kernel to boot: the built-in one, or one that a tree, a symbol file or a module tells of.

What the sources do not tell is known only if it is the built-in kernel that they tell of; else it is noted as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from modtools import profiles
from modtools.errors import PymodError
from modtools.kernel.facts import FACTS, SYMBOLS
from modtools.kernel.identity import Identity, build_options
from modtools.kernel.state import Kernel
from modtools.profiles import Profile
from modtools.profiles.exports import ExportedSymbol
from modtools.sources import PartialIdentity, assumed, check_agreement, merge, of_profile
from modtools.sources.lists import from_symvers, from_system_map
from modtools.sources.modules import from_module, from_tree
from modtools.sources.words import recognised
from modtools.stateparts import new_name
from modtools.store import Store

_LAYOUT = "module_layout"


@dataclass(frozen=True, slots=True)
class Source:
    """What the user names to boot from; "" where nothing is named. `words` are profiles and files, in any order."""

    words: tuple[str, ...] = ()
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
    """Store the kernel that `source` describes, just booted, in the place of any other. Raises PymodError.

    With `force`, a file that is no state is replaced, too.
    """
    named = _profile_named(source.words)
    partial = _told(source, named or profiles.load())
    identity, listed = _complete(store, partial, named)
    if source.cmdline is not None:
        unknown = tuple(fact for fact in identity.unknown if fact != "cmdline")
        identity = identity._replace(cmdline=source.cmdline, unknown=unknown)
    kernel = store.boot(identity)
    store.replace(kernel, None if listed is None else list((listed.symbols or {}).values()), force=force)
    return Booted(kernel, () if partial is None else (*partial.notes, *_assumptions(kernel.identity)))


def _assumptions(identity: Identity) -> Iterator[str]:
    """Yield what is taken for true because there must be something, in sentences."""
    for fact, value in (("release", identity.release), ("machine", identity.machine)):
        if fact in identity.unknown:
            yield f"nothing tells {FACTS[fact]}: {value} is taken"


def _profile_named(words: Sequence[str]) -> Profile | None:
    """Return the profile among the words, if there is one. Raises PymodError for two."""
    named = {profile.name: profile for profile in (profiles.load(word) for word in words if profiles.is_name(word))}
    if len(named) > 1:
        raise PymodError(f"{' and '.join(named)} are two kernels; name one")
    return next(iter(named.values()), None)


def _told(source: Source, base: Profile) -> PartialIdentity | None:
    """Return what the named sources tell, a tree or a module before symbol files; None where nothing is named.

    A release alone is told of the `base`, which also has the symbols that are assumed of a kernel of which few are
    known.
    """
    options = (
        (source.tree, from_tree),
        (source.like, lambda path: from_module(path, base)),
        (source.symvers, from_symvers),
        (source.system_map, from_system_map),
    )
    parts = [read(Path(path)) for path, read in options if path]
    parts += [recognised(word, base) for word in source.words if not profiles.is_name(word)]
    if not parts and source.release in ("", base.release):
        return None
    if not parts:
        parts = [PartialIdentity(f"{base.title}, under another release", symbols=assumed(base))]
    if source.words:
        check_agreement(parts)
    partial = reduce(merge, parts)
    return replace(partial, release=source.release or partial.release)


def _complete(
    store: Store, partial: PartialIdentity | None, named: Profile | None
) -> tuple[Identity, PartialIdentity | None]:
    """Return the identity of the kernel that is told of, and what is told with all its symbols.

    None in its place where the symbols are a profile's.
    """
    if partial is None:
        return store.of_profile(named.name if named else profiles.DEFAULT).identity, None
    if named:
        check_agreement((replace(of_profile(named), release=partial.release or named.release), partial))
    candidates = [named] if named else map(profiles.load, profiles.names())
    profile = next((profile for profile in candidates if _is_of(partial, profile)), None)
    if profile is None:
        return _other(partial, store.of_profile(named.name if named else profiles.DEFAULT).identity), partial
    identity = store.of_profile(profile.name).identity
    identity = identity._replace(booted_from=f"{partial.origin}, which is for {profile.title}")
    if SYMBOLS not in partial.knows:
        return identity, None
    return identity._replace(symbols=new_name("symbols")), merge(partial, of_profile(profile))


def _is_of(partial: PartialIdentity, profile: Profile) -> bool:
    """Return whether it is the kernel of the profile: something must say so, and nothing may contradict it."""
    if partial.release not in ("", profile.release):
        return False  # without reading the profile's symbols
    not_told = ExportedSymbol(_LAYOUT, None, False, "", None)
    ours, theirs = profile.exports.get(_LAYOUT) or not_told, (partial.symbols or {}).get(_LAYOUT, not_told)
    distinct = ((partial.release, profile.release), (theirs.crc, ours.crc))
    told = (
        *distinct,
        (partial.machine, profile.machine),
        (partial.vermagic, profile.vermagic),
        (theirs.address, ours.address),
    )
    return all(not value or value == its for value, its in told) and any(value for value, _ in distinct)


def _other(partial: PartialIdentity, default: Identity) -> Identity:
    """Return the identity of a kernel that is not the profile's.

    What nobody tells is as in the profile where there must be something, and is noted as unknown.
    """
    release, machine = partial.release or default.release, partial.machine or default.machine
    options = (partial.vermagic or default.vermagic).partition(" ")[2]
    modversions = "modversions" in options.split()
    knows = set(partial.knows)
    knows |= {fact for fact, told in (("release", partial.release), ("machine", partial.machine)) if told}
    if not modversions or all(symbol.crc is not None for symbol in (partial.symbols or {}).values()):
        knows.add("crcs")
    return default._replace(
        release=release,
        machine=machine,
        vermagic=partial.vermagic if partial.vermagic.partition(" ")[0] == release else f"{release} {options}",
        version=partial.version or f"Linux version {release}",
        cmdline="",
        config=default.config._replace(modversions=modversions, retpoline=machine in ("x86_64", "i686"))
        if partial.config is None
        else build_options(partial.config),
        profile="",
        symbols=new_name("symbols"),
        booted_from=partial.origin,
        unknown=tuple(fact for fact in FACTS if fact not in knows),
    )
