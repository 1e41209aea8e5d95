"""Plays scenarios on machines of their own and tells how they went; what runs their commands is a kind of Player.

`machine` has one with all programs, for which the kernel's files are mounted; `inprocess` one that needs nothing.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from tests.transcripts import format as transcript
from tests.transcripts.compare import LogFilter, difference, load_wildcards
from tests.transcripts.format import Scenario, Step, render_step
from tests.transcripts.module_output import is_kernels_own
from tests.transcripts.world import World

CMDLINES = {
    "amd64": "loglevel=1 quiet nokaslr tsc=unstable clocksource=hpet",
    "arm64": "loglevel=1 quiet nokaslr console=tty0",
}
"""The kernel command line of the recordings, by what the kernel's release ends in."""


@dataclass(frozen=True)
class Outcome:
    """How a scenario went: `problem` is a diff, or why it could not be run; "" when it passed."""

    name: str
    problem: str = ""


@dataclass(frozen=True)
class Player(ABC):
    """What scenarios are played on: a folder of our own, and the disk to begin with.

    `module_output`: compare the lines that modules print, too.
    """

    folder: Path
    world: World
    module_output: bool = True

    def play(self, file: Path) -> Outcome:
        """Play one file. What cannot be run is told as a problem."""
        try:
            recorded = transcript.load(file)
            replayed = self.replay(recorded)
            return Outcome(
                file.stem, difference(recorded, replayed, load_wildcards(self.world.wildcards), self.log_filter())
            )
        except Exception:  # noqa: BLE001  whatever keeps a scenario from running, it has failed
            return Outcome(file.stem, f"{file.name} cannot be run:\n{traceback.format_exc()}")

    def log_filter(self) -> LogFilter:
        """Tell which lines of the log are compared."""
        if self.module_output:
            return lambda _: True
        return is_kernels_own(self.world.ko.rglob("*.ko"))

    @abstractmethod
    def replay(self, recorded: Scenario) -> Scenario:
        """Run the commands of a scenario on a machine just booted."""

    @abstractmethod
    def boot(self, cmdline: str, state: Path) -> None:
        """Boot a kernel with this command line and make the folder `state` of what it consists of."""

    def boot_one_of(self, run: Callable[[list[str]], Step], cmdline: str, tree: Path) -> None:
        """Boot the kernel of the recordings by `run`: by its name, or where pymod does not come with it, from the tree.

        Raises RuntimeError if there is no way.
        """
        kernel = self.world.kernel
        ways = [[kernel], ["--tree", str(tree)]] if kernel else [[]]
        steps = []
        for way in ways:
            steps.append(run(["boot", *way, "--cmdline", cmdline]))
            if not steps[-1].status:
                break
            if way == [kernel]:
                print(f"there is no kernel {kernel}: booted from {tree}", file=sys.stderr)
        else:
            raise RuntimeError("\n".join(line for step in steps for line in render_step(step)))

    def booted(self, recorded: Scenario) -> Path:
        """The folder with the state of a kernel just booted for a scenario, booted once for each command line."""
        cmdline = f"{CMDLINES[self.world.release.rpartition('-')[2]]} {recorded.cmdline}".rstrip()
        folder = self.folder / "boot" / sha256(cmdline.encode()).hexdigest()
        if not folder.exists():
            folder.parent.mkdir(exist_ok=True)
            mine = Path(tempfile.mkdtemp(dir=folder.parent))
            self.boot(cmdline, mine / "state")
            try:
                (mine / "state").rename(folder)
            except OSError:  # somebody else was faster
                if not folder.exists():
                    raise
        return folder


def play_all(player: Player, files: Sequence[Path], jobs: int) -> Iterator[Outcome]:
    """Play several files at a time; the outcomes come in the order of the files."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        yield from pool.map(player.play, files)
