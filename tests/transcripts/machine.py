"""A machine for one scenario: a root of its own, pymod's kernel in /proc and /sys, and commands run in it.

Everything here happens in the namespaces of `run_apart`, so nothing has to be taken down.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from modtools.kernel.log import raw_lines
from modtools.store import Store
from tests.transcripts import disk
from tests.transcripts.format import Step
from tests.transcripts.kernelfs import KernelTree
from tests.transcripts.toolbox import STATE
from tests.transcripts.world import World
from tests.virtualfs import mounts
from tests.virtualfs.server import serving

SECONDS = 60
"""How long a command may take."""

_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C", "HOME": "/root"}
_FILES = Path("run/kernel")
"""Where the kernel's files are mounted, to be bound from there to where they belong."""


class Machine:
    """The machine. `state` is the folder of a booted kernel; without one there is neither kernel nor /proc."""

    def __init__(self, root: Path, programs: Path, world: World, state: Path | None = None) -> None:
        self.root = root
        self.state = root / STATE.relative_to("/")
        mounts.set_hostname("oracle")
        disk.make(root, programs, world)
        if state is None:
            self.state.parent.mkdir(parents=True)
        else:
            shutil.copytree(state, self.state.parent)
            self._let_everybody_write()
            self._serve_kernel()

    def run(self, command: str) -> Step:
        """Run one line by `sh -c` in /t and tell what came of it."""
        self._let_everybody_write()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            status = self._shell(command, out, err)
            stdout, stderr = _text(out), _text(err)
        return Step(command, stdout, stderr, self._new_log_lines(), status)

    def _shell(self, command: str, out: IO[bytes], err: IO[bytes]) -> int:
        shell = subprocess.Popen(
            ["sh", "-c", command],
            executable="/bin/sh",
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=_ENVIRONMENT,
            preexec_fn=self._enter,
            start_new_session=True,
        )
        ended = os.pidfd_open(shell.pid)
        if not select.select([ended], [], [], SECONDS)[0]:
            os.killpg(shell.pid, signal.SIGKILL)
            err.write(f"[no end after {SECONDS} seconds]\n".encode())
        os.close(ended)
        status = shell.wait()
        return status if status >= 0 else 128 - status

    def _enter(self) -> None:
        os.chroot(self.root)
        os.chdir("/t")
        os.umask(0o022)

    def _serve_kernel(self) -> None:
        files = self.root / _FILES
        files.mkdir(parents=True)
        serving(KernelTree(self.root), files)
        for name in ("proc", "sys", "dev/kmsg"):
            mounts.bind(files / name, self.root / name)
        mounts.mount("debug", self.root / "sys/kernel/debug", "tmpfs")

    def _let_everybody_write(self) -> None:
        """A user may ask the kernel for anything: to refuse is the kernel's business, not that of a file's mode."""
        for path in (self.state.parent, *self.state.parent.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)

    def _new_log_lines(self) -> tuple[str, ...]:
        """Take what can be read in the kernel log out of it, as `dmesg -c` of the recordings did after each command."""
        store = Store(self.state)
        if not store.exists() or not store.read().log.readable():
            return ()
        with store.transaction() as kernel:
            lines = tuple(raw_lines(kernel.log.readable()))
            kernel.log.clear()
        return lines


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "surrogateescape")
