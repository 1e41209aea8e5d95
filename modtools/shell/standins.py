"""Programs that tell of the machine where the host's would tell of the host, in a folder that comes first in $PATH."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from modtools.errors import PymodError
from modtools.kernel.state import Kernel
from modtools.place import Place

_UNAME = """\
case "$*" in
'' | -s | --kernel-name) echo Linux ;;
-n | --nodename) {uname} -n ;;
-r | --kernel-release) echo {release} ;;
-v | --kernel-version) echo {version} ;;
-m | --machine) echo {machine} ;;
-a | --all) echo Linux "$({uname} -n)" {release} {version} {machine} GNU/Linux ;;
-sr | -rs) echo Linux {release} ;;
-mr | -rm) echo {release} {machine} ;;
-srm) echo Linux {release} {machine} ;;
*) exec {uname} "$@" ;;
esac
"""
_SUDO = """\
while :; do
    case "$1" in
    -u | -g | -p | -C | -h) shift 2 ;;
    -- ) shift; break ;;
    -*) shift ;;
    *=*) export "$1"; shift ;;
    *) break ;;
    esac
done
[ $# = 0 ] && exec "${SHELL:-/bin/sh}"
exec "$@"
"""
"""Who is in the shell is root there, so that nothing has to be asked."""
_OWN = ("dmesg", "mknod")
"""Programs of others' that pymod has under the same name."""


def write(folder: Path, kernel: Kernel, place: Place, links: Sequence[str]) -> dict[str, str]:
    """Write the programs, and return the environment in which they are found. Raises PymodError."""
    done = subprocess.run([*links, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PymodError(done.stderr.strip() or "the links to pymod's tools could not be made")
    identity = kernel.identity
    known = {
        "uname": "/usr/bin/uname" if Path("/usr/bin/uname").exists() else "/bin/uname",
        "release": shlex.quote(identity.release),
        "version": shlex.quote(_version(identity.version)),
        "machine": shlex.quote(identity.machine),
    }
    pymod = shlex.join([sys.executable, "-P", "-m", "modtools"])
    texts = {"uname": _UNAME.format(**known), "sudo": _SUDO, "pymod": f'exec {pymod} "$@"\n'}
    texts |= {name: f'exec {pymod} {name} "$@"\n' for name in _OWN}
    for name, text in texts.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{text}")
        path.chmod(0o755)
    return dict(os.environ) | {
        "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYMOD_STATE": str(place.state),
        "PYMOD_ROOT": str(place.root),
        "PYMOD_SHELL": identity.release,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")))),
    }


def _version(text: str) -> str:
    """Return what uname -v says, from the line in /proc/version: from the number of the build on."""
    at = text.find("#")
    return text[at:] if at >= 0 else ""


def shell(folder: Path, kernel: Kernel) -> list[str]:
    """Return the words that run the user's shell, with a prompt that says which machine it is."""
    program = os.environ.get("SHELL") or "/bin/sh"
    prompt = f"[{kernel.identity.release}] \\w \\$ "
    if Path(program).name == "bash":
        start = folder / "bashrc"
        start.write_text(
            f"[ -r ~/.bashrc ] && . ~/.bashrc\nPATH={shlex.quote(str(folder))}:$PATH\nPS1={shlex.quote(prompt)}\n"
        )
        return [program, "--rcfile", str(start), "-i"]
    os.environ["PS1"] = prompt
    return [program, "-i"]
