"""The programs of the machine: dash as sh, BusyBox's tools, and pymod in place of kmod.

One folder holds them all and stands for /usr/bin. Where BusyBox is neither installed nor to be fetched, the host's own
tools stand in: all works, but what they say when they fail is worded differently.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from modtools.tools import KMOD_TOOLS
from tests import reference

STATE = Path("/var/lib/pymod/state.json")
"""The state file, as seen on the machine."""

HOST_TOOLS = Path("/run/host-tools")
"""Where the machine sees the host's /usr/bin, when it needs that."""

_LAUNCHER = """\
#!{python} -I
import os, sys
sys.path[:0] = {path!r}
os.environ.update(PYMOD_STATE="{state}", PYMOD_ROOT="/", PYMOD_UID=str(os.getuid()))
if os.path.basename(sys.argv[0]) in ("dmesg", "umount"):
    sys.argv[:1] = ["pymod", os.path.basename(sys.argv[0])]
from modtools.cli import main
sys.exit(main())
"""

_UNAME = """\
#!/bin/sh
case "$*" in
-r) echo {release} ;;
*) exec {uname} "$@" ;;
esac
"""

_SU = """\
#!{python} -I
import os, sys
_, name, option, command = sys.argv
uid = {{"root": 0, "user": 1000}}[name]
os.setgroups([])
os.setresgid(uid, uid, uid)
os.setresuid(uid, uid, uid)
os.execv("/bin/sh", ["sh", option, command])
"""


def busybox() -> Path | None:
    """BusyBox: $PYMOD_BUSYBOX, or what tests/reference/busybox fetches, or the host's; None where there is none."""
    named = os.environ.get("PYMOD_BUSYBOX")
    if named:
        return Path(named)
    (reference.CHECKOUT / ".cache").mkdir(exist_ok=True)
    with (reference.CHECKOUT / ".cache/busybox.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        script = reference.CHECKOUT / "tests/reference/busybox"
        fetched = subprocess.run([script], capture_output=True, text=True, check=False)
    if fetched.returncode == 0:
        return Path(fetched.stdout.strip())
    found = shutil.which("busybox")
    return Path(found) if found else None


def fill(folder: Path, box: Path | None, release: str) -> None:
    """Make the machine's /usr/bin in an empty folder, for a kernel of this release."""
    if box:
        _fill_with_busybox(folder, box)
    else:
        print("BusyBox is not to be had: the host's tools stand in, with other wordings", file=sys.stderr)
        _fill_with_host_tools(folder)
    shell = shutil.which("dash") or box or Path("/bin/sh")
    _replace(folder / "sh")
    shutil.copy(shell, folder / "sh")
    uname = "/usr/bin/busybox uname" if box else HOST_TOOLS / "uname"
    _script(folder / "uname", _UNAME.format(release=release, uname=uname))
    _script(folder / "pymod", _LAUNCHER.format(python=sys.executable, path=[str(reference.CHECKOUT)], state=STATE))
    for name in (*KMOD_TOOLS, "kmod", "dmesg", "umount"):
        _replace(folder / name)
        (folder / name).symlink_to("pymod")
    _keep_interpreter(folder)


def _fill_with_busybox(folder: Path, box: Path) -> None:
    shutil.copy(box, folder / "busybox")
    names = subprocess.run([box, "--list"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    for name in names:
        if name not in ("busybox", "sh"):
            (folder / name).symlink_to("busybox")


def _fill_with_host_tools(folder: Path) -> None:
    for tool in Path("/usr/bin").iterdir():
        (folder / tool.name).symlink_to(HOST_TOOLS / tool.name)
    _script(folder / "su", _SU.format(python=sys.executable))


def _keep_interpreter(folder: Path) -> None:
    """A Python that lives in the folder which this one hides is copied into it, with the links that lead to it."""
    path = Path(sys.executable)
    while True:
        hidden = path.parent.resolve() == Path("/usr/bin").resolve()
        if hidden:
            _replace(folder / path.name)
        if not path.is_symlink():
            break
        target = path.parent / path.readlink()
        if hidden:
            (folder / path.name).symlink_to(target.name)
        path = target
    if hidden:
        shutil.copy(path, folder / path.name)


def _script(path: Path, text: str) -> None:
    _replace(path)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _replace(path: Path) -> None:
    path.unlink(missing_ok=True)
