"""`python -m tests.mutants`: change the code at random places, one at a time, and see whether a test notices.

Changed is the code that recordings and Linux are the reference of: `AREAS`. For each change the tests that see the file
are run in a copy of the checkout, the quick ones and without references, as any contributor has them. A change that
none of them notices is a survivor. That is a failure, unless `survivors.txt` has it, with the reason why it may be so.

mutmut and cosmic-ray work through all mutants of a file, each with every test; here a few of 7000 are drawn, the same
for the same seed, and run with the tests of their area. Exit status 0: no survivor is without a reason, and at most one
change in ten survived.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.mutation import Mutant, mutants
from tests.reference import CHECKOUT

AREAS = {
    "modtools/kernel": "test_transcripts module/test_load module/test_oracle files/test_switches tools/test_norun"
    " tools/test_modules tools/test_kernel_calls module/test_transitions emulate/test_runner store_parts test_boot",
    "modtools/reports": "reports/test_text reports/test_html reports/test_graph tests/reports test_check_forms",
    "modtools/plan.py": "test_plan tools/test_modprobe test_transcripts",
    "modtools/link": "tests/link module/test_load emulate/test_runner test_transcripts",
    "modtools/emulate/printf": "test_transcripts emulate/printf emulate/linux/lib/test_vsprintf emulate/test_runner",
    "modtools/emulate/linux/lib": "test_transcripts emulate/linux/lib emulate/test_runner",
}
"""What is changed, and words in the paths of the tests that see it, those first that are quickest to notice."""
MARKS = " and ".join(
    f"not {mark}" for mark in "slow machine debian kmod trees headers shells groff browser clients".split()
)
MOST = 0.1
"""The part of all changes that may go unnoticed."""
SECONDS = 900
"""After which a change counts as noticed: it made something endless."""
SURVIVORS = Path(__file__).with_name("survivors.txt")


@dataclass(frozen=True)
class Copy:
    """A copy of the checkout to change and to run tests in."""

    root: Path

    @classmethod
    def made(cls, root: Path) -> Copy:
        """Copy what git knows or would add."""
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, text=True).stdout
        for name in filter(None, listed.split("\0")):
            if (CHECKOUT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(CHECKOUT / name, root / name)
        return cls(root)

    def notices(self, mutant: Mutant) -> str:
        """The test that fails with this change, "" when none does."""
        path = self.root / mutant.file
        text = path.read_text("utf-8")
        try:
            self._write(path, mutant.applied(text))
            return self.failing(mutant.file)
        finally:
            self._write(path, text)

    def failing(self, file: str) -> str:
        """The first test that fails, of those that see a file; "" when none does."""
        words = next(words for area, words in AREAS.items() if file.startswith(area))
        paths = [str(path.relative_to(self.root)) for path in sorted(self.root.glob("tests/**/test_*.py"))]
        tests = [path for word in words.split() for path in paths if word in path]
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-m", MARKS]
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        try:
            done = subprocess.run(
                [*command, *dict.fromkeys(tests)],
                cwd=self.root, env=environment, timeout=SECONDS, capture_output=True, text=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "time"
        if done.returncode == 0:
            return ""
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return failed[0] if failed else f"pytest ended with {done.returncode}"

    @staticmethod
    def _write(path: Path, text: str) -> None:
        """Write a source file, and forget what was compiled from it: of the same second and size it would be taken."""
        path.write_text(text, "utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            with suppress(FileNotFoundError):
                compiled.unlink()


def drawn(seed: int, count: int, only: str) -> list[Mutant]:
    """So many changes, as many in each area, in files whose path has `only` in it."""
    chance = random.Random(seed)
    areas = []
    for area in AREAS:
        files = [CHECKOUT / area] if area.endswith(".py") else sorted((CHECKOUT / area).rglob("*.py"))
        names = [str(file.relative_to(CHECKOUT)) for file in files]
        found = [m for name in names if only in name for m in mutants(name, (CHECKOUT / name).read_text("utf-8"))]
        chance.shuffle(found)
        areas.append(found)
    rounds = [area[number] for number in range(max(map(len, areas))) for area in areas if number < len(area)]
    return rounds[:count]


def played(found: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each change with the test that noticed it."""
    with tempfile.TemporaryDirectory(prefix="pymod-mutants-") as folder, ThreadPoolExecutor(jobs) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(jobs):
            copies.put(Copy.made(Path(folder) / str(number)))

        def with_a_copy(run: Callable[[Copy], str]) -> str:
            copy = copies.get()
            try:
                return run(copy)
            finally:
                copies.put(copy)

        areas = sorted({area for area in AREAS for mutant in found if mutant.file.startswith(area)})
        for failing in pool.map(lambda area: with_a_copy(lambda copy: copy.failing(area)), areas):
            if failing:
                raise SystemExit(f"{failing} without any change")
        yield from pool.map(lambda mutant: (mutant, with_a_copy(lambda copy: copy.notices(mutant))), found)


def reasons(path: Path = SURVIVORS) -> dict[str, str]:
    """The survivors that are known, each with its reason: a line, and a line that begins with blanks."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {change: reason.strip() for change, reason in zip(lines[::2], lines[1::2], strict=True)}


def main() -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which changes are drawn")
    parser.add_argument("--count", type=int, default=50, help="how many")
    parser.add_argument("--only", default="", metavar="TEXT", help="in files whose path has this in it")
    parser.add_argument("-j", dest="jobs", type=int, default=2, metavar="N", help="at a time")
    options = parser.parse_args()
    known, survived, new = reasons(), 0, 0
    found = drawn(options.seed, options.count, options.only)
    for mutant, test in played(found, options.jobs):
        survived += not test
        new += not test and str(mutant) not in known
        print(f"{test or 'SURVIVED'}  <-  {mutant}  {'' if test else known.get(str(mutant), '')}".rstrip(), flush=True)
    print(f"{len(found)} changes, {survived} survived, {new} of them without a reason")
    return int(bool(new) or survived > MOST * len(found))


if __name__ == "__main__":
    sys.exit(main())
