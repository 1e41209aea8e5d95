"""Firmware that modules name: where the kernel finds it in a machine's file system.

Source: Linux's `drivers/base/firmware_loader/main.c: fw_path[], _request_firmware()`: all folders are looked through
for the file, then all for the file packed with zstd, then with xz (where the kernel was built for that).
MODULE_FIRMWARE() may have a pattern, such as `brcm/brcmfmac*-pcie.*.bin`, which only user space can make sense of.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from modtools.formats.pattern import WILD, matches
from modtools.relations.links import Folder, Trail
from modtools.rooted import Host

FIRMWARE: Final = "/lib/firmware"
PACKED: Final = (".zst", ".xz")
"""What is put behind the name of a packed file, in the order in which the kernel looks."""


class FirmwareFolders:
    """Where a machine has its firmware, by its root, release, and the folder of `firmware_class.path`, "" for none."""

    def __init__(self, disk: Host, root: str, release: str, own: str = "") -> None:
        usual = [f"{FIRMWARE}/updates/{release}", f"{FIRMWARE}/updates", f"{FIRMWARE}/{release}", FIRMWARE]
        self.folders: list[Folder] = []
        for path in [own, *usual] if own else usual:
            with suppress(OSError):
                self.folders.append(Folder(root + path, root, disk))

    def find(self, name: str) -> list[Trail]:
        """Return the files that a module's word for its firmware means, each with its links; none if all are missing.

        Of files with the same name, plain or packed, that one counts which the kernel takes.
        """
        found: dict[str, Trail] = {}
        for packed in ("", *PACKED):
            for folder in self.folders:
                for file in _named(folder, name + packed):
                    plain = file.removesuffix(packed)
                    if plain in found or (not packed and file != name and file.endswith(PACKED)):
                        continue
                    if (way := _file(folder, file)) is not None:
                        found[plain] = way
        return [found[plain] for plain in sorted(found)]


def _file(folder: Folder, name: str) -> Trail | None:
    try:
        found = folder.trail(name)
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.status.st_mode) else None


def _named(folder: Folder, pattern: str) -> Iterator[str]:
    """Yield the paths in a folder that a pattern may mean: itself, and what it matches."""
    yield pattern
    if not WILD.isdisjoint(pattern):
        yield from _expanded(folder, "", pattern.split("/"))


def _expanded(folder: Folder, before: str, parts: list[str]) -> Iterator[str]:
    """Yield the paths whose names match these patterns one after another. As in glob(3), `*` is no leading dot."""
    first, *rest = parts
    names = [first]
    if not WILD.isdisjoint(first):
        names = [name for name in folder.names(before) if matches(first, name)]
        names = [name for name in names if first.startswith(".") or not name.startswith(".")]
    for name in names:
        if rest:
            yield from _expanded(folder, f"{before}{name}/", rest)
        else:
            yield before + name
