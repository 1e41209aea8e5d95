"""Which kernel to boot: the built-in one, or one that a tree, a symbol file or a module tells of.

What the sources do not tell is known only if it is the built-in kernel that they tell of; else it is noted as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any, Final

from modtools import profiles
from modtools.errors import PymodError
from modtools.kernel.facts import FACTS, SYMBOLS
from modtools.kernel.identity import Identity
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.profiles import Profile
from modtools.profiles.exports import ExportedSymbol, decode, encode, same
from modtools.sources import EXPORTS, PartialIdentity, assumed, check_agreement, known, merge, of_profile, told
from modtools.stateparts import is_part, new_name
from modtools.store import Store, booted, identity_of, sources_of

_LAYOUT = "module_layout"
_LEVEL: Final = 1
"""How hard zlib packs symbols: a machine is booted more often than its disk is full."""


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


class Folders(NamedTuple):
    """The user's folders: the `cache` of images that were read, and the kernels that were `saved`; None for none."""

    cache: Path | None = None
    saved: Path | None = None


class Found(NamedTuple):
    """The kernel that sources tell of, just booted, and what was passed over in them, in sentences.

    `profile` is the archive of one that is not built in; `symbols` a table of exports beside a built-in one's.
    """

    kernel: Kernel
    notes: tuple[str, ...] = ()
    profile: bytes | None = None
    symbols: bytes | None = None


_NO_FOLDERS: Final = Folders()


def boot(
    store: Store, source: Source, folders: Folders = _NO_FOLDERS, *, save: str | None = None, force: bool = False
) -> Found:
    """Store the kernel that `source` describes, just booted, in the place of any other. Raises PymodError.

    It is also saved, under the name `save` if there is one. With `force`, a file that is no state is replaced, too,
    and a kernel that was saved under this name.
    """
    found = find(source, folders)
    if save is not None and folders.saved:
        profiles.save(save, _archive(found), folders.saved, force=force)
    store.replace(found.kernel, symbols=found.symbols, profile=found.profile, force=force)
    return found


def save_booted(store: Store, name: str, folders: Folders, *, force: bool = False) -> Kernel:
    """Save the kernel that the machine has under a name, and return it; the machine stays. Raises PymodError."""
    kernel = store.read()
    profile, symbols = kernel.identity.profile, kernel.identity.symbols
    if kernel.sources.profile() is None:
        raise PymodError("the machine's state is of an older pymod, and has only its kernel's symbols: boot it again")
    found = Found(
        kernel,
        profile=store.archive(profile) if is_part(profile) else None,
        symbols=encode(kernel.symbols, _LEVEL) if symbols else None,
    )
    if folders.saved:
        profiles.save(name, _archive(found), folders.saved, force=force)
    return kernel


def find(source: Source, folders: Folders = _NO_FOLDERS) -> Found:
    """Return the kernel that `source` describes, without storing it. Raises PymodError."""
    named = _profile_named(source.words)
    base = named or profiles.load()
    partial = _told(source, base, folders)
    if partial is None:
        return Found(_built_in(base, f"the built-in profile {base.title}", source.cmdline))
    if source.cmdline is not None:
        partial = _with(partial, "cmdline", source.cmdline)
    if named:
        check_agreement((replace(of_profile(named), release=partial.release or named.release), partial))
    candidates = [named] if named else map(profiles.load, profiles.names())
    profile = next((profile for profile in candidates if _is_of(partial, profile)), None)
    return _other(partial, base) if profile is None else _recognised(partial, profile)


def _archive(found: Found) -> bytes:
    """Return the archive of a kernel, also of a built-in one."""
    profile = found.kernel.sources.profile()
    if found.profile is not None or profile is None:
        return found.profile or b""
    files = {name: data for name in profiles.FILES if (data := profile.files.read(name)) is not None}
    files |= {EXPORTS: found.symbols} if found.symbols else {}
    partial = replace(of_profile(profile), files=files, cmdline=found.kernel.identity.cmdline)
    from modtools.profiles import archive  # only for what is saved

    return archive.pack(_facts(partial, profile), files)


def _profile_named(words: Sequence[str]) -> Profile | None:
    """Return the built-in profile among the words, if there is one. Raises PymodError for two."""
    named = {profile.name: profile for profile in (profiles.load(word) for word in words if profiles.is_name(word))}
    if len(named) > 1:
        raise PymodError(f"{' and '.join(named)} are two kernels; name one")
    return next(iter(named.values()), None)


def _told(source: Source, base: Profile, folders: Folders) -> PartialIdentity | None:
    """Return what the named sources tell, a tree or a module before symbol files; None where nothing is named.

    A release alone is told of the profile that is read beside, which also has the symbols that are assumed of a kernel
    of which few are known.
    """
    parts = list(_parts(source, base, folders))
    if not parts and source.release in ("", base.release):
        return None
    if not parts:
        parts = [PartialIdentity(f"{base.title}, under another release", symbols=assumed(base))]
    if source.words:
        check_agreement(parts)
    partial = reduce(merge, parts)
    return _with(partial, "release", source.release) if source.release else partial


def _parts(source: Source, base: Profile, folders: Folders) -> Iterator[PartialIdentity]:
    """Yield what each file tells that is named, a tree or a module before symbol files."""
    words = [word for word in source.words if not profiles.is_name(word)]
    if not (words or source.tree or source.like or source.symvers or source.system_map):
        return
    # What reads kernels' files takes longer to import than all else, and a built-in kernel needs none of it.
    from modtools.sources.lists import from_symvers, from_system_map
    from modtools.sources.modules import from_module, from_tree
    from modtools.sources.words import Reading, recognised

    options = (
        (source.tree, from_tree),
        (source.like, lambda path: from_module(path, base)),
        (source.symvers, from_symvers),
        (source.system_map, from_system_map),
    )
    yield from (read(Path(path)) for path, read in options if path)
    for word in words:
        yield from recognised(word, Reading(base, *folders))


def _with(partial: PartialIdentity, option: str, value: str) -> PartialIdentity:
    """Return what is told with the value of an option, which is told by that."""
    told_by = {**told(partial), option: f"--{option}"}
    return replace(partial, **{option: value}, sources=told_by)  # type: ignore[arg-type]  # release, cmdline: texts


def _built_in(profile: Profile, booted_from: str, cmdline: str | None) -> Kernel:
    """Return the kernel of a built-in profile, with another command line if there is one."""
    identity = identity_of(profile, booted_from)
    if cmdline is not None:
        identity = identity._replace(cmdline=cmdline)
    return booted(identity, sources_of(lambda: profile))


def _recognised(partial: PartialIdentity, profile: Profile) -> Found:
    """Return a built-in kernel that was told of, with the symbols of a list that has all of them."""
    kernel = _built_in(profile, f"{partial.origin}, which is for {profile.title}", partial.cmdline)
    if SYMBOLS not in partial.knows or _has_its_table(partial, profile):
        return Found(kernel, partial.notes)
    symbols = encode((merge(partial, of_profile(profile)).symbols or {}).values(), _LEVEL)
    identity = kernel.identity._replace(symbols=new_name("symbols"))
    sources = sources_of(lambda: profile, lambda: decode(symbols))
    return Found(booted(identity, sources), partial.notes, symbols=symbols)


def _has_its_table(partial: PartialIdentity, profile: Profile) -> bool:
    """Return whether the table of exports that was told is the profile's own, to each symbol."""
    told, own = partial.files.get(EXPORTS), profile.files.read(EXPORTS)
    return told is not None and own is not None and same(told, own)


def _is_of(partial: PartialIdentity, profile: Profile) -> bool:
    """Return whether it is the kernel of the profile: something must say so, and nothing may contradict it."""
    if partial.release not in ("", profile.release):
        return False  # without reading the profile's symbols
    config = partial.config
    if config is not None and any(config.get(name, "n") != value for name, value in profile.config.items()):
        return False
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


def _other(partial: PartialIdentity, base: Profile) -> Found:
    """Return a kernel that is not built in, as a profile of its own.

    What nobody tells is as in the `base` where there must be something, and is noted as unknown.
    """
    from modtools.profiles import archive

    data = archive.pack(_facts(partial, base), _files(partial))
    profile = profiles.of_archive(new_name("kernel"), data)
    identity = identity_of(profile, partial.origin)
    return Found(booted(identity, sources_of(lambda: profile)), (*partial.notes, *_assumptions(identity)), profile=data)


def _facts(partial: PartialIdentity, base: Profile) -> dict[str, Any]:
    """Return the kernel.json of a kernel that is not built in."""
    release, machine = partial.release or base.release, partial.machine or base.machine
    options = (partial.vermagic or base.vermagic).partition(" ")[2]
    modversions = "modversions" in options.split()
    knows = known(partial) | (set() if modversions else {"crcs"})
    config = dict(_assumed_options(base.config, modversions, machine) if partial.config is None else partial.config)
    return {
        "title": f"Linux {release}",
        "alias": "",
        "release": release,
        "machine": machine,
        "hardware": base.machine_kind,
        "vermagic": partial.vermagic if partial.vermagic.partition(" ")[0] == release else f"{release} {options}",
        "version": partial.version or f"Linux version {release}",
        "cmdline": partial.cmdline or "",
        "memory": list(map(hex, partial.memory or (0, 0))),
        "config": config,
        "unknown": [fact for fact in FACTS if fact not in knows],
        "sources": dict(sorted(told(partial).items())),
    }


def _assumed_options(config: Mapping[str, str], modversions: bool, machine: str) -> Mapping[str, str]:
    """Return the build options of a kernel whose own are not told: those of another one, but for what is told."""
    retpoline = machine in ("x86_64", "i686")
    told = {"MODVERSIONS": modversions, "RETPOLINE": retpoline, "MITIGATION_RETPOLINE": retpoline}
    return {**config, **{option: "y" if on else "n" for option, on in told.items()}}


def _files(partial: PartialIdentity) -> dict[str, bytes]:
    """Return the files of a kernel's profile: those that its sources had, with all that they tell of symbols."""
    if EXPORTS in partial.files:
        return {**partial.files}
    return {**partial.files, EXPORTS: encode((partial.symbols or {}).values(), _LEVEL)}


def _assumptions(identity: Identity) -> Iterator[str]:
    """Yield what is taken for true because there must be something, in sentences."""
    for fact, value in (("release", identity.release), ("machine", identity.machine)):
        if fact in identity.unknown:
            yield f"nothing tells its {FACTS[fact]}: {value} is taken"
