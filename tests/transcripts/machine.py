"""A machine for one scenario: a root of its own, pymod's kernel in /proc and /sys, and commands run in it.

Everything here happens in the namespaces of `run_apart`, so nothing has to be taken down.
"""

from __future__ import annotations

import compileall
import os
import select
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from modtools.store import Store
from tests import reference
from tests.transcripts import disk, kernellog, toolbox
from tests.transcripts.format import Scenario, Step
from tests.transcripts.kernelfs import KernelTree
from tests.transcripts.play import Player
from tests.transcripts.toolbox import STATE
from tests.transcripts.world import World
from tests.virtualfs import mounts
from tests.virtualfs.apart import run_apart
from tests.virtualfs.refused import refuse_sendfile
from tests.virtualfs.server import ALL_CLOSED, serving

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
        with suppress(OSError):
            (self.root / _FILES / ALL_CLOSED).stat()
        return Step(command, stdout, stderr, kernellog.take(Store(self.state)), status)

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
        refuse_sendfile()
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


class MachinePlayer(Player):
    """Plays each scenario on such a machine. Needs root and /dev/fuse."""

    @classmethod
    @contextmanager
    def prepared(cls, world: World, *, module_output: bool = True) -> Iterator[MachinePlayer]:
        """Prepare all of it in a temporary folder."""
        with tempfile.TemporaryDirectory(prefix="pymod-transcripts-") as name:
            player = cls(Path(name), world, module_output)
            player.folder.chmod(0o755)
            for part in (player._programs, player._root):
                part.mkdir()
            toolbox.fill(player._programs, toolbox.busybox(), world.release)
            # The machines see pymod read-only, so none of them could keep what it compiled.
            compileall.compile_dir(reference.CHECKOUT / "modtools", quiet=2)
            yield player

    @property
    def _programs(self) -> Path:
        return self.folder / "programs"

    @property
    def _root(self) -> Path:
        return self.folder / "root"

    def replay(self, recorded: Scenario) -> Scenario:
        booted = self.booted(recorded)

        def all_steps() -> Scenario:
            machine = Machine(self._root, self._programs, self.world, booted)
            return replace(recorded, steps=tuple(machine.run(step.command) for step in recorded.steps))

        return run_apart(all_steps)

    def boot(self, cmdline: str, state: Path) -> None:
        run_apart(lambda: self._boot(cmdline, state))

    def _boot(self, cmdline: str, state: Path) -> None:
        machine = Machine(self._root, self._programs, self.world)
        self.boot_one_of(
            lambda words: machine.run(shlex.join(["pymod", *words])), cmdline, Path("/lib/modules") / self.world.release
        )
        shutil.copytree(machine.root / STATE.parent.relative_to("/"), state)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "surrogateescape")
