"""`python -m tests.mutants`: change the code at random places, one at a time, and see whether a test notices.

Changed is the code that recordings and Linux are the reference of: `AREAS`. For each change the tests that call the
changed function are run in a copy of the checkout, and what else is in their files: the quick ones and without
references, as any contributor has them (`TESTS`, `MARKS`). A change that none notices is a survivor: a failure, unless
`survivors.txt` has it, with the reason why it may be so.

mutmut and cosmic-ray work through all mutants of a file; here a few of 9000 are drawn, the same for the same seed. Exit
status 0: no survivor is without a reason, and at most one change in ten survived.

Which test calls what is found out by running all of them, once for each state of pymod and of what its tests share;
`.cache/mutants` keeps it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.calls import Calls, file_of
from tests.mutants.mutation import Mutant, mutants
from tests.mutants.session import Ended, Session
from tests.reference import CHECKOUT

AREAS = (
    "modtools/kernel",
    "modtools/reports",
    "modtools/plan.py",
    "modtools/link",
    "modtools/emulate/printf",
    "modtools/emulate/linux/lib",
)
TESTS = (
    *("tests/kernel", "tests/link", "tests/emulate", "tests/reports", "tests/tools", "tests/test_transcripts.py"),
    *("tests/test_plan.py", "tests/test_boot.py", "tests/test_config.py"),
    *("tests/test_store_kernel.py", "tests/test_store_parts.py"),
)
"""The tests that are asked: the areas' own, and those of what stands on them."""
MOST = 0.1
"""The part of all changes that may go unnoticed."""
SURVIVORS = Path(__file__).with_name("survivors.txt")
CACHE = CHECKOUT / ".cache/mutants"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Copy:
    """A copy of the checkout to change and to run tests in, and a process that has imported all of it unchanged."""

    root: Path
    session: Session

    @classmethod
    def made(cls, root: Path, notes: Path) -> Copy:
        """Copy what git knows or would add; note what is called when it is imported."""
        for name in known_files():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, root / name)
        (root / ".cache").mkdir()
        return cls(root, Session(root, TESTS, notes))

    def notices(self, mutant: Mutant, calls: Calls) -> str:
        """The test that fails with this change, "" when none does."""
        path = self.root / mutant.file
        text = path.read_text("utf-8")
        changed = mutant.applied(text)
        try:
            self._write(path, changed)  # for the programs that tests start
            if not calls.at_import(mutant.file, mutant.where):
                with suppress(LookupError):
                    tests = calls.tests(mutant.file, mutant.where)
                    return self.session.failing(tests, changed=(mutant.file, text, changed))
            return self._failing_anew(calls.tests(mutant.file))
        finally:
            self._write(path, text)

    def noted(self, tests: Sequence[str], notes: Path) -> str:
        """Note what tests call; returns the first one that fails."""
        new = notes.with_suffix(f".{os.getpid()}")
        failing = self.session.failing(tests, notes=new)
        if not failing:
            new.rename(notes)
        return failing

    def _failing_anew(self, tests: Sequence[str]) -> str:
        """The first of these tests that fails in a process that imports what is changed."""
        try:
            with Session(self.root, sorted({file_of(test) for test in tests})) as session:
                return session.failing(tests)
        except Ended:
            return "import"

    @staticmethod
    def _write(path: Path, text: str) -> None:
        """Write a source file, and forget what was compiled from it: of the same second and size it would be taken."""
        path.write_text(text, "utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            with suppress(FileNotFoundError):
                compiled.unlink()


@cache
def _of_file(name: str) -> tuple[Mutant, ...]:
    return tuple(mutants(name, (CHECKOUT / name).read_text("utf-8")))


def drawn(seed: int, count: int, only: str) -> list[Mutant]:
    """So many changes, as many in each area, in files whose path has `only` in it."""
    chance = random.Random(seed)
    areas = []
    for area in AREAS:
        files = [CHECKOUT / area] if area.endswith(".py") else sorted((CHECKOUT / area).rglob("*.py"))
        names = [str(file.relative_to(CHECKOUT)) for file in files]
        found = [mutant for name in names if only in name for mutant in _of_file(name)]
        chance.shuffle(found)
        areas.append(found)
    rounds = [area[number] for number in range(max(map(len, areas))) for area in areas if number < len(area)]
    return rounds[:count]


@contextmanager
def copies(jobs: int, notes: Path) -> Iterator[SimpleQueue[Copy]]:
    """So many copies, each to be taken out and put back."""
    with tempfile.TemporaryDirectory(prefix="pymod-mutants-") as folder, ExitStack() as stack:
        free: SimpleQueue[Copy] = SimpleQueue()
        for number in range(jobs):
            free.put(copy := Copy.made(Path(folder) / str(number), notes))
            stack.enter_context(copy.session)
        yield free


def played(found: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each change with the test that noticed it."""
    folder = notes_folder()
    imported = folder / f"import.{os.getpid()}"
    with copies(jobs, imported) as free, ThreadPoolExecutor(jobs) as pool:

        def with_a_copy(run: Callable[[Copy], str]) -> str:
            copy = free.get()
            try:
                return run(copy)
            finally:
                free.put(copy)

        tests = tests_of_files(with_a_copy(lambda copy: "\n".join(copy.session.tests())).splitlines())
        notes = {
            folder / sha256((CHECKOUT / file).read_bytes() + repr(listed).encode()).hexdigest(): listed
            for file, listed in tests.items()
        }

        def note(path: Path) -> str:
            return "" if path.exists() else with_a_copy(lambda copy: copy.noted(notes[path], path))

        for failing in pool.map(note, notes):
            if failing:
                raise SystemExit(f"{failing} fails without any change")
        calls = Calls([imported, *notes])
        yield from pool.map(lambda mutant: (mutant, with_a_copy(lambda copy: copy.notices(mutant, calls))), found)


def tests_of_files(tests: Sequence[str]) -> dict[str, list[str]]:
    """The tests in each file."""
    files: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        files[file_of(test)].append(test)
    return files


def notes_folder() -> Path:
    """Where it is kept which test calls what, as long as only tests themselves, or their data, change."""
    state = sha256()
    for name in known_files():
        if (
            name.startswith(("modtools/", "tests/"))
            and name.endswith(".py")
            and not Path(name).name.startswith("test_")
        ):
            state.update(name.encode() + (CHECKOUT / name).read_bytes())
    folder = CACHE / state.hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    for other in CACHE.glob("*"):
        if other.stat().st_mtime < time.time() - DAY:  # of a younger one another run may be in need
            shutil.rmtree(other)
    return folder


def known_files() -> list[str]:
    """What git knows, or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [name for name in listed.split("\0") if name and (CHECKOUT / name).is_file()]


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
