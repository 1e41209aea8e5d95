"""A machine for programs that call kmod's tools: Debian's system, with another kmod, module tree and /boot.

The programs set PATH themselves and call /sbin/modprobe, so a mount namespace shows the kmod to be tried as /bin/kmod,
which Debian's /sbin/modprobe and the others are links to. What programs write goes into the machine's own folder:

    modules -> /lib/modules    boot -> /boot    dkms -> /var/lib/dkms    out -> /mnt
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests import beside_kmod, reference
from tests.reference import RELEASE

OUT = Path("/mnt")
TREE = f"modules/{RELEASE}"
_PLACES = {"modules": "/lib/modules", "boot": "/boot", "dkms": "/var/lib/dkms", "out": str(OUT)}
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Costs(NamedTuple):
    """What a program took, in seconds: on the clock, and of the processors."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Machine:
    """One machine. `kmod` is the program that stands where kmod's is."""

    folder: Path
    kmod: Path

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program of this machine as root; its messages come with its output. CalledProcessError if it fails."""
        binds = [f"mount --bind {self.folder / name} {place}" for name, place in _PLACES.items()]
        script = "\n".join(["set -e", f"mount --bind {self.kmod} /bin/kmod", *binds, 'cd /mnt; exec "$@"'])
        process = subprocess.run(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", *words],
            env={
                "PATH": _PATH,
                "LC_ALL": "C.UTF-8",
                "HOME": str(self.folder / "home"),
                **self._python(),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if process.returncode:
            print(process.stdout)
            process.check_returncode()
        return process

    def timed(self, *words: str) -> Costs:
        """Run a program, and measure it."""
        clock, processor = time.perf_counter(), _processor()
        self.run(*words)
        return Costs(time.perf_counter() - clock, _processor() - processor)

    def out(self, name: str) -> Path:
        """A file that programs know as /mnt/NAME."""
        return self.folder / "out" / name

    def _python(self) -> dict[str, str]:
        """As after an installation, where modules lie compiled, whatever this Python was told to do about that."""
        return {"PYTHONPYCACHEPREFIX": str(self.folder.parent / "compiled")}


def make(folder: Path, kmod: Path, *, indexed: bool = True) -> Machine:
    """A machine with Debian's kernel: its modules, indexed by kmod 34 if wanted, and its files of /boot."""
    tree, root = reference.debian_tree(), folder / "root"
    if indexed:
        beside_kmod.indexed_debian_tree(reference.kmod_tools(), tree, root)
    else:
        beside_kmod.copied_debian_tree(tree, root)
    (root / "lib/modules").rename(folder / "modules")
    for name, there in (("build", "amd64"), ("source", "common")):
        link = folder / TREE / name
        link.unlink(missing_ok=True)
        link.symlink_to(f"/usr/src/linux-headers-{RELEASE.removesuffix('-amd64')}-{there}")
    shutil.copytree(tree / "boot", folder / "boot")
    for name in ("dkms", "out", "home"):
        (folder / name).mkdir()
    return Machine(folder, kmod)


def kmod_34(folder: Path) -> Path:
    """The reference's kmod as one program that goes by the name it was called by."""
    program = (reference.kmod_tools() / "kmod").read_text("utf-8")
    assert "--argv0 kmod" in program or '--argv0 "kmod"' in program, "not the script of tests/reference/kmod-34"
    program = program.replace('--argv0 "kmod"', "--argv0 kmod").replace("--argv0 kmod", '--argv0 "${0##*/}"')
    return _script(folder / "kmod-34", program)


def pymod(folder: Path) -> Path:
    """The same for pymod. By way of a shell like the reference, so that both bring a shell into an image."""
    links, command = folder / "links", Path(sys.executable).with_name("pymod")
    subprocess.run([command, "links", "--system", links], check=True, stdout=subprocess.DEVNULL)
    (links / "kmod").symlink_to(command)
    return _script(folder / "pymod", f'#!/bin/sh\nexec "{links}/${{0##*/}}" "$@"\n')


def both(folder: Path, *, indexed: bool = True) -> tuple[Machine, Machine]:
    """A machine with pymod, and the same with kmod 34."""
    folder.mkdir(parents=True, exist_ok=True)
    ours = make(folder / "with-pymod", pymod(folder), indexed=indexed)
    return ours, make(folder / "with-kmod", kmod_34(folder), indexed=indexed)


def _script(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    path.chmod(0o755)
    return path


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
