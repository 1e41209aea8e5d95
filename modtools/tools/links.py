"""links: make links by which pymod is called as kmod's tools, for its own machine or in kmod's place.

They lead to a small script beside them, so that each knows what it is for wherever it is called from. It starts Python
isolated (-I -S), which is a third quicker: without `site`, sitecustomize, PYTHONPATH and the like, with the folders in
which pymod and what it needs lie now.
"""

from __future__ import annotations

import os
import shutil
import site
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path

import modtools
from modtools import hostfile
from modtools.command import Call, command, operand, option
from modtools.errors import PymodError
from modtools.place import MACHINE, SYSTEM
from modtools.report import Message, Report, Table, Value
from modtools.tools import KMOD_TOOLS

_MARK = b"# Made by `pymod links`: "
"""By this line a script is known to be pymod's own."""
_LONGEST = 127
"""Bytes that every system reads of a script's first line."""
_SCRIPTS = {
    MACHINE: ("for pymod's own machine", "run(machine=True)"),
    SYSTEM: ("in kmod's place", "run()"),
}
"""Each script: for whom its links are kmod's tools, and what it calls."""


@command(lists=True)
@option("-f", "--force", is_flag=True, help="Replace files and links that have such a name already.")
@option("--system", is_flag=True, help="Stand in for kmod: without PYMOD_ROOT, work on the host's own /lib/modules.")
@operand("folder", metavar="DIR")
def tool(call: Call, *, force: bool, system: bool, folder: str) -> Report:  # noqa: ARG001  # every tool gets its call
    """Make links named insmod, rmmod, lsmod, modprobe, depmod and modinfo in DIR.

    Called by one of these names, pymod is that tool of kmod: PATH="DIR:$PATH" lets scripts use it. All of them work on
    pymod's own machine, as `pymod insmod` does.
    """
    place = Path(folder)
    name = SYSTEM if system else MACHINE
    script = _script(name)
    place.mkdir(parents=True, exist_ok=True)
    names = (*KMOD_TOOLS, name) if script else KMOD_TOOLS
    if folders := [name for name in names if (place / name).is_dir() and not (place / name).is_symlink()]:
        return _refused(f"{place} has a folder named {', '.join(folders)}")
    if not force and (taken := [name for name in names if _is_taken(place / name)]):
        return _refused(f"{place} has {', '.join(taken)} already; --force replaces what is there")
    if script:
        hostfile.replace(place / name, script, 0o755)
    return Report((Table("links", list(_link(place, Path(name) if script else _pymod())), "{path} -> {target}"),))


def _refused(text: str) -> Report:
    return Report((Message(text),), status=1)


def _pymod() -> Path:
    """Return the command that the links point to. Raises PymodError where there is none."""
    called = Path(sys.argv[0])
    beside = Path(sysconfig.get_path("scripts"), "pymod")
    for candidate in (called if called.stem == "pymod" else beside, beside, shutil.which("pymod")):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate).absolute()
    raise PymodError("the command pymod, to which the links would point, is not installed")


def _is_taken(path: Path) -> bool:
    """Return whether something has this name that pymod did not make."""
    if path.is_symlink():
        return path.name in _SCRIPTS or not _leads_to_pymod(path)
    return os.path.lexists(path) and (path.name not in _SCRIPTS or _MARK not in path.read_bytes()[:1024])


def _leads_to_pymod(link: Path) -> bool:
    try:
        return str(link.readlink()) in _SCRIPTS or link.samefile(_pymod())
    except (OSError, PymodError):
        return False


def _script(name: str) -> bytes | None:
    """Return what the links lead to: this Python, with this pymod. None where links to pymod itself are better."""
    first = f"#!{sys.executable} -IS"  # what follows the first blank is one word
    if " " in sys.executable or len(os.fsencode(first)) > _LONGEST:
        if name == SYSTEM:  # it does without the shell that is needed then
            return None
        # For a shell this is a command, for Python a text.
        first = f"#!/bin/sh\n'''exec' \"{sys.executable}\" -IS \"$0\" \"$@\"\n' '''"
    for_whom, call = _SCRIPTS[name]
    return os.fsencode(f"""\
{first}
{_MARK.decode()}the links beside it are kmod's tools {for_whom}.
import sys

sys.path += [{", ".join(map(ascii, _folders()))}]
from modtools.cli import run

{call}
""")


def _folders() -> Sequence[str]:
    """Return the folders in which pymod and the packages that it needs are found."""
    users = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    named = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    found = (str(Path(modtools.__file__).parents[1]), *named, *users, *site.getsitepackages())
    return [folder for folder in dict.fromkeys(map(os.path.abspath, found)) if os.path.isdir(folder)]  # noqa: PTH112


def _link(place: Path, target: Path) -> Iterator[dict[str, Value]]:
    for name in KMOD_TOOLS:
        path = place / name
        temporary = Path(hostfile.temporary_name(path))
        temporary.symlink_to(target)
        with hostfile.removed_on_error(temporary):
            temporary.replace(path)
        yield {"name": name, "path": str(path), "target": str(target)}
