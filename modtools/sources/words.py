"""KERNEL as one word: what a file or a folder that a person names is, by what it holds and never by its name alone.

name of a saved kernel                             what was saved
folder with Module.symvers or include/generated    headers, or the folder of a build
folder with modules                                a module tree, and the headers that its link `build` leads to
a kernel image                                     the image, and the config-RELEASE beside it
ELF, also compressed                               a module
lines CRC, symbol, module between tabs             a Module.symvers
lines ADDRESS LETTER NAME                          a System.map
lines CONFIG_OPTION=VALUE                          a configuration
a package of Debian's or of RPM's form             what of these is in it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from modtools import hostfile
from modtools.errors import FormatError, PymodError
from modtools.formats import compression, kconfig
from modtools.light import NamedTuple
from modtools.profiles import Profile, names, read_saved
from modtools.sources import PartialIdentity, of_archive, tells_all
from modtools.sources.build import builds_beside, from_build, from_config, is_build, is_unconfigured
from modtools.sources.image import from_image, is_image, remembered
from modtools.sources.lists import from_symvers, from_system_map
from modtools.sources.modules import from_module, from_tree
from modtools.sources.packages import from_package, is_package

_BUILD = "build"
"""The link in a module tree to the folder that its modules were built against."""
_SHOWN = 3
_HEAD = 1 << 12
"""Bytes at the start of a file that tell what it is."""


class Reading(NamedTuple):
    """What reading a word needs: the profile whose symbols are `assumed` where few are told, and the folders in which
    what was read from images is remembered, and in which a person's kernels are saved; None for none.
    """

    base: Profile
    cache: Path | None = None
    saved: Path | None = None


class _Kind(NamedTuple):
    """A kind of file: how it begins, and what reads it; a file that holds several sources gives each of them."""

    begins: Callable[[bytes], object]
    read: Callable[[Path, Reading], Sequence[PartialIdentity]]


_KINDS = (
    _Kind(
        lambda head: head.startswith(b"\x7fELF") or compression.kind(head),
        lambda path, reading: [from_module(path, reading.base)],
    ),
    _Kind(kconfig.is_config, lambda path, _: [from_config(path)]),
    _Kind(re.compile(rb"0x[0-9a-f]{8,16}\t[^\t\n]+\t").match, lambda path, _: [from_symvers(path)]),
    _Kind(re.compile(rb"\s*[0-9a-f]{8,16} [A-Za-z?] \S").match, lambda path, _: [from_system_map(path)]),
)


def recognised(word: str, reading: Reading) -> Sequence[PartialIdentity]:
    """Return what each source in a file or folder tells. Raises PymodError."""
    if reading.saved and word in names(reading.saved):
        return [of_archive(f"the saved kernel {word}", read_saved(word, reading.saved))]
    if not word:
        raise PymodError("an empty word names no kernel: `.` is the folder that one is in")
    path = Path(word)
    try:
        if path.is_dir():
            return list(_folder(path, reading))
        with hostfile.opened(path) as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        kernels = ", ".join(names(reading.saved))
        raise PymodError(f"there is neither a file {word} nor a kernel of that name; there are {kernels}") from error
    except OSError as error:
        raise PymodError(f"{word}: {error.strerror}") from error
    told = _package(path, reading) if is_package(head) else _file(path, head, reading)
    if not told:
        raise PymodError(f"{word} is nothing that tells of a kernel (docs/kernels.md has what does)")
    return told


def _folder(path: Path, reading: Reading) -> Iterator[PartialIdentity]:
    """Yield what a folder tells: one that modules are built against, or a module tree with the one that it leads to.

    Modules are not read where the other tells more of the same release.
    """
    if is_build(path):
        yield from_build(path, reading.cache)
        return
    build = path / _BUILD
    told = from_build(build, reading.cache) if is_build(build) else None
    if told:
        yield told
    if not (told and tells_all(told) and told.release == path.resolve().name):
        if is_unconfigured(path):
            raise PymodError(_not_configured(path))
        yield from_tree(path)


def _not_configured(path: Path) -> str:
    others = builds_beside(path)
    which = f"that kernel's own folder, such as {', '.join(others[:_SHOWN])}" if others else "the folder of a build"
    return f"{path} has sources that kernels share, and tells of none: name {which}"


def _file(path: Path, head: bytes, reading: Reading, package: Path | None = None) -> Sequence[PartialIdentity]:
    """Return what a file tells that begins so, which may be unpacked from a package; nothing for no kind that does."""
    if is_image(path) and not _is_module(path, head):
        image = from_image(path, reading.cache, package)
        return [image, *_beside(path, image)]
    return next((kind.read(path, reading) for kind in _KINDS if kind.begins(head)), [])


def _beside(path: Path, image: PartialIdentity) -> Iterator[PartialIdentity]:
    """Yield what the configuration tells that distributions install beside an image: hardly one has it in itself."""
    config = path.with_name(f"config-{image.release}")
    if image.config is None and image.release and config.is_file():
        yield from_config(config)


def _package(path: Path, reading: Reading) -> Sequence[PartialIdentity]:
    """Return what each source in a package tells, or what an image in it told before."""

    def recognise(file: Path) -> Sequence[PartialIdentity]:
        with hostfile.opened(file) as opened:
            return _file(file, opened.read(_HEAD), reading, path)

    kept = remembered(path, reading.cache) if reading.cache else None
    return [kept] if kept else from_package(path, recognise)


def _is_module(path: Path, head: bytes) -> bool:
    """Return whether a file is ELF of the kind ET_REL, packed or not: a module, and no image."""
    if packed := compression.kind(head):
        try:
            with hostfile.opened(path) as file:
                head = next(compression.pieces(file, packed), b"")
        except (FormatError, OSError):
            return False
    order: Literal["little", "big"] = "little" if head[5:6] == b"\1" else "big"
    return head.startswith(b"\x7fELF") and int.from_bytes(head[16:18], order) == 1
