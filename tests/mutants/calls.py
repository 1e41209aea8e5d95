"""Which functions of pymod each test calls, in this process and in its forks: noted while a test runs, and read again.

A note is a line `FILE FUNCTION`; `test SECONDS NODEID` follows the notes of a test. What a fixture or a cache has done
for an earlier test is noted for that one alone, so a file is asked as a whole if one of its tests calls a function.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType

_OURS = re.compile(r".*/(?=modtools/|tests/(?!mutants/))")
MOST_SECONDS = 45
"""Of processor time, while it is noted what they call, of the tests that are asked about one change."""
OTHERS_SECONDS = 10
"""Of these, for tests that do not call what is changed."""
IMPORT = "import"
"""In the place of a test: what is called while modules and tests are imported."""


class Calls:
    """The tests that call a function, and those that call one of a file; with the seconds that each takes."""

    def __init__(self, notes: Iterable[Path]) -> None:
        self.seconds: dict[str, float] = {}
        self.functions: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.files: dict[str, set[str]] = defaultdict(set)
        for path in notes:
            self._read(path.read_text("utf-8"))

    def _read(self, notes: str) -> None:
        called: list[tuple[str, str]] = []
        for line in notes.splitlines():
            kind, _, rest = line.partition(" ")
            if kind != "test":
                called.append((kind, rest))
                continue
            seconds, _, test = rest.partition(" ")
            if test != IMPORT:
                self.seconds[test] = float(seconds)
            for file, function in called:
                self.functions[file, function].add(test)
                self.files[file].add(test)
            called = []

    def at_import(self, file: str, function: str) -> bool:
        """Whether a function has done its work, or some of it, before the first test runs."""
        return function == "module" or IMPORT in self.functions[file, function]

    def known(self, file: str, function: str) -> bool:
        """Whether any test calls a function, or what is done at import has called it."""
        return self.at_import(file, function) or bool(self.functions[file, function])

    def tests(self, file: str, function: str = "") -> list[str]:
        """The tests to run when a function, or anything in a file, is changed, the likeliest to notice it first.

        Those that call it come before the others in their files, and of both first those in the file that is named as
        the changed one. Then the quickest of every file is first, then the second of every file, and so on, as many as
        there is time for.
        """
        near = (self.functions[file, function] if function else self.files[file]) - {IMPORT}
        files: dict[str, list[str]] = {file_of(test): [] for test in near}
        for test in sorted(self.seconds, key=lambda test: (test not in near, self.seconds[test])):
            if file_of(test) in files:
                files[file_of(test)].append(test)
        turns = {test: turn for listed in files.values() for turn, test in enumerate(listed)}
        own = own_test(file)
        order = sorted(turns, key=lambda t: (t not in near, file_of(t) != own, turns[t], self.seconds[t]))
        known = sum(self.seconds[test] for test in order if test in near)
        spent = accumulate(self.seconds[test] for test in order)
        rest = min(MOST_SECONDS, known + OTHERS_SECONDS)
        return [t for t, seconds in zip(order, spent, strict=True) if seconds < (MOST_SECONDS if t in near else rest)]


def file_of(test: str) -> str:
    """The file that a test is in."""
    return test.partition("::")[0]


def own_test(file: str) -> str:
    """The file with the tests of a file: tests lie as the code lies."""
    folder, _, name = file.removeprefix("modtools/").rpartition("/")
    return "/".join(filter(None, ("tests", folder, f"test_{name}")))


def files_in(notes: str) -> set[str]:
    """The files of which notes name a function."""
    return {line.partition(" ")[0] for line in notes.splitlines()} - {"test"}


def function_of(code: CodeType) -> str:
    """The name of a function as a change names it: what lies in it, such as a lambda, is a part of it."""
    return ".".join(part for part in code.co_qualname.split(".") if part[0] != "<") or "module"


def _processor_time() -> float:
    """Seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


class Notes:
    """Where what is called is written down."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._seen: dict[int, CodeType] = {}
        self._write = os.write  # whatever a test puts into its place

    @contextmanager
    def of(self, test: str) -> Iterator[None]:
        """Note what is called in the meantime, by this test."""
        self._seen.clear()
        before = _processor_time()
        threading.settrace(self._trace)
        sys.settrace(self._trace)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)
            self._write(self._file, f"test {_processor_time() - before:.3f} {test}\n".encode())

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> None:
        code = frame.f_code
        if id(code) in self._seen:
            return
        self._seen[id(code)] = code
        if ours := _OURS.match(code.co_filename):
            self._write(self._file, f"{code.co_filename[ours.end() :]} {function_of(code)}\n".encode())
