"""Plays scenarios on machines of their own and tells how they went."""

from __future__ import annotations

import compileall
import shlex
import shutil
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from tests import reference
from tests.transcripts import format as transcript
from tests.transcripts import toolbox
from tests.transcripts.compare import LogFilter, difference, load_wildcards
from tests.transcripts.format import Scenario
from tests.transcripts.machine import Machine
from tests.transcripts.module_output import is_kernels_own
from tests.transcripts.toolbox import STATE
from tests.transcripts.world import World
from tests.virtualfs.apart import run_apart

CMDLINE = "loglevel=1 quiet nokaslr tsc=unstable clocksource=hpet"
"""The kernel command line of the recordings."""


@dataclass(frozen=True)
class Outcome:
    """How a scenario went: `problem` is a diff, or why it could not be run; "" when it passed."""

    name: str
    problem: str = ""


@dataclass(frozen=True)
class Stage:
    """What scenarios are played on: a folder of our own, and the disk to begin with."""

    folder: Path
    world: World
    module_output: bool = True

    @classmethod
    @contextmanager
    def prepared(cls, world: World, *, module_output: bool = True) -> Iterator[Stage]:
        """Prepare a stage in a temporary folder. `module_output`: compare the lines that modules print."""
        with tempfile.TemporaryDirectory(prefix="pymod-transcripts-") as name:
            stage = cls(Path(name), world, module_output)
            stage.folder.chmod(0o755)
            for part in (stage._programs, stage._root, stage.folder / "boot"):
                part.mkdir()
            toolbox.fill(stage._programs, toolbox.busybox())
            # The machines see pymod read-only, so none of them could keep what it compiled.
            compileall.compile_dir(reference.CHECKOUT / "modtools", quiet=2)
            yield stage

    @property
    def _programs(self) -> Path:
        return self.folder / "programs"

    @property
    def _root(self) -> Path:
        return self.folder / "root"

    def play(self, file: Path) -> Outcome:
        """Play one file. What cannot be run is told as a problem."""
        try:
            recorded = transcript.load(file)
            replayed = self._replay(recorded)
            return Outcome(
                file.stem, difference(recorded, replayed, load_wildcards(self.world.wildcards), self._filter())
            )
        except Exception:  # noqa: BLE001  whatever keeps a scenario from running, it has failed
            return Outcome(file.stem, f"{file.name} cannot be run:\n{traceback.format_exc()}")

    def _filter(self) -> LogFilter:
        if self.module_output:
            return lambda _: True
        return is_kernels_own(self.world.ko.rglob("*.ko"))

    def _replay(self, recorded: Scenario) -> Scenario:
        booted = self._booted(f"{CMDLINE} {recorded.cmdline}".rstrip())

        def all_steps() -> Scenario:
            machine = Machine(self._root, self._programs, self.world, booted)
            return replace(recorded, steps=tuple(machine.run(step.command) for step in recorded.steps))

        return run_apart(all_steps)

    def _booted(self, cmdline: str) -> Path:
        """The folder of a kernel just booted with this command line."""
        folder = self.folder / "boot" / sha256(cmdline.encode()).hexdigest()
        if not folder.exists():
            run_apart(lambda: self._boot(cmdline, folder))
        return folder

    def _boot(self, cmdline: str, folder: Path) -> None:
        machine = Machine(self._root, self._programs, self.world)
        step = machine.run(f"pymod boot --cmdline {shlex.quote(cmdline)}")
        if step.status:
            raise RuntimeError("\n".join(transcript.render_step(step)))
        mine = Path(tempfile.mkdtemp(dir=folder.parent))
        shutil.copytree(machine.root / STATE.parent.relative_to("/"), mine / "state")
        try:
            (mine / "state").rename(folder)
        except OSError:  # somebody else was faster
            if not folder.exists():
                raise


def play_all(stage: Stage, files: Sequence[Path], jobs: int) -> Iterator[Outcome]:
    """Play several files at a time; the outcomes come in the order of the files."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        yield from pool.map(stage.play, files)
