"""links: put pymod in the place of kmod's tools."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from modtools.command import Call, command, operand, option
from modtools.errors import PymodError
from modtools.report import Message, Report, Table, Value

KMOD_TOOLS = ("insmod", "rmmod", "lsmod", "modprobe", "depmod", "modinfo")
"""The tools that kmod installs as links to itself (kmod 34: `tools/kmod.c`)."""


@command(lists=True)
@option("-f", "--force", is_flag=True, help="Replace what has such a name already.")
@operand("folder", metavar="DIR")
def tool(call: Call, *, force: bool, folder: str) -> Report:  # noqa: ARG001  # every tool gets its call
    """Make links named insmod, rmmod, lsmod, modprobe, depmod and modinfo in DIR.

    Called by one of these names, pymod is that tool of kmod: PATH="DIR:$PATH" lets scripts use it.
    """
    target = _pymod()
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    taken = [] if force else [name for name in KMOD_TOOLS if _is_taken(place / name, target)]
    if taken:
        text = f"{place} has {', '.join(taken)} already; --force replaces what is there"
        return Report((Message(text),), status=1)
    return Report((Table("links", list(_link(place, target)), "{path} -> {target}"),))


def _pymod() -> Path:
    """The command that the links point to. Raises PymodError where there is none."""
    called = Path(sys.argv[0])
    beside = Path(sysconfig.get_path("scripts"), "pymod")
    for candidate in (called if called.stem == "pymod" else beside, beside, shutil.which("pymod")):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate).absolute()
    raise PymodError("the command pymod, to which the links would point, is not installed")


def _is_taken(path: Path, target: Path) -> bool:
    """Whether something else than a link to pymod has this name."""
    return os.path.lexists(path) and not (path.is_symlink() and path.resolve() == target.resolve())


def _link(place: Path, target: Path) -> Iterator[dict[str, Value]]:
    for name in KMOD_TOOLS:
        path = place / name
        path.unlink(missing_ok=True)
        path.symlink_to(target)
        yield {"name": name, "path": str(path), "target": str(target)}
