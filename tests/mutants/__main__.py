"""`python -m tests.mutants`: change the code at random places, one at a time, and see whether a test notices.

Changed is the code that recordings and Linux are the reference of: `AREAS`. For each change the tests that call the
changed function are run in a copy of the checkout, and what else is in their files: the quick ones and without
references, as any contributor has them (`TESTS`, `MARKS`). A change that none notices is a survivor: a failure, unless
`survivors.txt` has it, with the reason why it may be so.

mutmut and cosmic-ray work through all mutants of a file; here a few of 9000 are drawn, the same for the same seed. Exit
status 0: no survivor is without a reason, and at most one change in ten survived.

Which test calls what is found out by running all of them; `.cache/mutants` keeps it, for the tests of each file until
that or another file changes of which they call anything.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.calls import Calls, file_of, files_in
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
    *(
        "tests/kernel",
        "tests/link",
        "tests/emulate",
        "tests/reports",
        "tests/shared",
        "tests/tools",
        "tests/test_transcripts.py",
    ),
    *("tests/test_plan.py", "tests/test_boot.py", "tests/test_config.py"),
    *("tests/test_store_kernel.py", "tests/test_store_parts.py"),
)
"""The tests that are asked: the areas' own, and those of what stands on them."""
MOST = 0.1
"""The part of all changes that may go unnoticed."""
FIRST = 6
"""So many files of tests are asked before the others where all that they need has to be imported again."""
SURVIVORS = Path(__file__).with_name("survivors.txt")
CACHE = CHECKOUT / ".cache/mutants/calls"
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
                    seconds = [calls.seconds[test] for test in tests]
                    return self.session.failing(tests, seconds=seconds, changed=(mutant.file, text, changed))
            tests = calls.tests(mutant.file)
            files = list(dict.fromkeys(map(file_of, tests)))
            return self._failing_anew(tests, files[:FIRST], calls) or self._failing_anew(tests, files[FIRST:], calls)
        finally:
            self._write(path, text)

    def noted(self, tests: Sequence[str], notes: Path) -> str:
        """Note what tests call; returns the first one that fails."""
        new = notes.with_suffix(f".{os.getpid()}")
        failing = self.session.failing(tests, notes=new)
        if not failing:
            states = {file: state_of(file) for file in files_in(new.read_text("utf-8"))}
            new.rename(notes)
            notes.with_suffix(".json").write_text(json.dumps(states), "utf-8")
        return failing

    def _failing_anew(self, tests: Sequence[str], files: Sequence[str], calls: Calls) -> str:
        """The first of the tests in some files that fails in a process that imports what is changed."""
        if not files:
            return ""
        asked = [test for test in tests if file_of(test) in files]
        try:
            with Session(self.root, sorted(files)) as session:
                return session.failing(asked, seconds=[calls.seconds[test] for test in asked])
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


@contextmanager
def prepared(jobs: int) -> Iterator[tuple[Callable[[Callable[[Copy], str]], str], Calls]]:
    """What does something with a copy that is free, of so many, and which test calls what."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for name in known_files():
        content_of(name)  # as it is copied, whatever becomes of it in the meantime
    imported = CACHE / f"import.{os.getpid()}"
    with copies(jobs, imported) as free:

        def with_a_copy(run: Callable[[Copy], str]) -> str:
            copy = free.get()
            try:
                return run(copy)
            finally:
                free.put(copy)

        notes = notes_of(with_a_copy(lambda copy: "\n".join(copy.session.tests())).splitlines())
        wanted = [path for path in notes if not holds(path)]
        with ThreadPoolExecutor(jobs) as pool:
            for failing in pool.map(lambda path: with_a_copy(lambda copy: copy.noted(notes[path], path)), wanted):
                if failing:
                    raise SystemExit(f"{failing} fails without any change")
        calls = Calls([imported, *notes])
        imported.unlink()
        yield with_a_copy, calls


def played(found: Sequence[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each change with the test that noticed it."""
    with prepared(jobs) as (with_a_copy, calls), ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda mutant: (mutant, with_a_copy(lambda copy: copy.notices(mutant, calls))), found)


def uncalled(found: Sequence[Mutant], jobs: int) -> dict[tuple[str, str], int]:
    """The functions that no test calls, each with how many of these changes are in it."""
    with prepared(jobs) as (_, calls):
        places = Counter((mutant.file, mutant.where) for mutant in found)
        return {place: count for place, count in sorted(places.items()) if not calls.known(*place)}


def notes_of(tests: Sequence[str]) -> dict[Path, list[str]]:
    """Where it is kept what these tests call, for each file of them; what nobody asks for any more is removed."""
    notes = {}
    for file, listed in tests_of_files(tests).items():
        name = sha256(content_of(file) + repr(listed).encode()).hexdigest()
        notes[CACHE / name] = listed
    for other in CACHE.iterdir():
        if other.with_suffix("") in notes:
            os.utime(other)
        elif other.stat().st_mtime < time.time() - DAY:  # of a younger one another run may be in need
            other.unlink()
    return notes


def holds(notes: Path) -> bool:
    """Whether notes are there, and all files as they were of which the tests called anything."""
    try:
        states = json.loads(notes.with_suffix(".json").read_text("utf-8"))
    except FileNotFoundError:
        return False
    return notes.exists() and all(state_of(file) == state for file, state in states.items())


@cache
def content_of(file: str) -> bytes:
    """What is in a file, or was when it was first asked for; nothing where it is not there."""
    path = CHECKOUT / file
    return path.read_bytes() if path.is_file() else b""


def state_of(file: str) -> str:
    """A file's hash; "" for one that is not there, or empty."""
    content = content_of(file)
    return sha256(content).hexdigest() if content else ""


def tests_of_files(tests: Sequence[str]) -> dict[str, list[str]]:
    """The tests in each file."""
    files: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        files[file_of(test)].append(test)
    return files


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
    parser.add_argument("--uncalled", action="store_true", help="list the functions that no test calls, change nothing")
    options = parser.parse_args()
    if options.uncalled:
        for (file, function), count in uncalled(drawn(0, sys.maxsize, options.only), options.jobs).items():
            print(f"{file} {function}: {count} changes")
        return 0
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
