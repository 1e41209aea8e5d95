"""The root folder of a machine: what is lent by the host, what is new for each machine.

It is a ramfs: like the recordings' tmpfs that lists a folder's newest entry first, whatever kernel runs here. What
Python needs is bound in, read-only; of the host's folders above it nothing shows, and a user with few rights may pass.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests import reference
from tests.transcripts.toolbox import HOST_TOOLS
from tests.transcripts.world import World
from tests.virtualfs import mounts

_FOLDERS = ("proc", "sys", "dev", "tmp", "root", "opt", "var", "lib/modprobe.d", "etc/modprobe.d", "etc/depmod.d")
_LINKS = {"bin": "usr/bin", "sbin": "usr/bin", "usr/sbin": "bin"}
_DEVICES = ("null", "zero", "full", "random", "urandom")
_FILES = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/tmp:/bin/sh\n",
    "etc/group": "root:x:0:\nuser:x:1000:\n",
    "dev/kmsg": "",
}
_OWN_IN_LIB = ("modules", "modprobe.d", "depmod.d", "firmware")
"""What the host has in /lib and must not lend."""


def make(root: Path, programs: Path, world: World) -> None:
    """Mount a root with everything but a kernel on the empty folder `root`."""
    mounts.mount("root", root, "ramfs")
    root.chmod(0o755)
    for name in _FOLDERS:
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    for name, text in _FILES.items():
        (root / name).write_text(text)
    _lend_libraries(root)
    for path in _needed_by_python():
        _lend(path, root, path)
    _lend(programs, root, Path("/usr/bin"))
    _lend(Path("/usr/bin"), root, HOST_TOOLS)
    for name, target in _LINKS.items():
        (root / name).symlink_to(target)
    for name in _DEVICES:
        _lend(Path("/dev") / name, root, Path("/dev") / name, read_only=False)
    world.make(root)


def _lend(source: Path, root: Path, place: Path, *, read_only: bool = True) -> None:
    target = root / place.relative_to("/")
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    mounts.bind(source.resolve(), target, read_only=read_only)


def _lend_libraries(root: Path) -> None:
    """/usr/lib, and a /lib of the machine's own that leads to all of the host's but its modules and configuration."""
    _lend(Path("/usr/lib"), root, Path("/usr/lib"))
    _lend(Path("/lib"), root, Path("/run/host-lib"))
    for entry in Path("/lib").iterdir():
        if entry.name not in _OWN_IN_LIB:
            (root / "lib" / entry.name).symlink_to(Path("/run/host-lib") / entry.name)
    for name in filter(lambda name: (Path("/usr/lib") / name).is_dir(), _OWN_IN_LIB):
        mounts.mount("empty", root / "usr/lib" / name, "ramfs")
    if Path("/lib64").is_dir():
        _lend(Path("/lib64"), root, Path("/lib64"))
    if Path("/etc/ld.so.cache").is_file():
        _lend(Path("/etc/ld.so.cache"), root, Path("/etc/ld.so.cache"))


def _needed_by_python() -> Iterator[Path]:
    """The folders of the interpreter, its packages and pymod, outermost first, without what /usr/lib holds."""
    wanted = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_prefix).resolve(), reference.CHECKOUT}
    wanted -= {Path("/usr")}
    for path in sorted(wanted):
        if not any(other != path and path.is_relative_to(other) for other in wanted):
            yield path
