"""A process of pytest that has collected tests, and runs those that it is asked for, each time in a copy of itself.

So pytest, the tests and pymod are imported once and not for each change. As a plugin, which is told two descriptors, it
reads requests and writes answers, a line of JSON each; `Session` starts such a process and asks it.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import IO, Any

import pytest

from tests.mutants.calls import IMPORT, Notes

_REFERENCES = "machine debian debian13 debian13arm64 kmod trees headers shells groff browser clients qemu"
MARKS = " and ".join(f"not {mark}" for mark in ("slow", *_REFERENCES.split()))
"""The tests that anyone can run, and soon."""
SECONDS = 3600
"""After which a change counts as noticed: it made something wait for ever."""
_MORE, _LEAST = 3, 5
"""A change is noticed as well if a test, or a process that it starts, takes so many times the processor time that it
took before, and so many seconds more: whatever else the machine does meanwhile is not counted.
"""
COLLECTING = 120
"""Seconds of processor time that importing pymod and tests may take."""
_PIPES, _NOTES = "PYMOD_MUTANTS_PIPES", "PYMOD_MUTANTS_NOTES"


Change = tuple[str, str, str]
"""A file, its text before, and its text now."""


_BROKEN = 70
"""What a copy ends with when it could not run tests."""


class Ended(Exception):
    """The process is no more: what it has imported is broken."""


class Session:
    """Such a process for the test files of a checkout; `notes`: where to note what is called when they are imported."""

    def __init__(self, root: Path, files: Sequence[str], notes: Path | None = None) -> None:
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        environment = {**os.environ, "PYTHONPATH": str(root), _PIPES: f"{requests} {answers}"}
        if notes:
            environment[_NOTES] = str(notes)
        options = ["-q", "-p", "no:xdist", "-p", __name__, "-m", MARKS]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *options, "--basetemp", str(root / ".cache/tmp"), *files],
            cwd=root, env=environment, pass_fds=(requests, answers), stdout=subprocess.DEVNULL,
        )  # fmt: skip
        resource.prlimit(self._process.pid, resource.RLIMIT_CPU, (COLLECTING, resource.RLIM_INFINITY))
        os.close(requests)
        os.close(answers)
        self._lines = os.fdopen(self._answers)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._requests)
        self._lines.close()
        self._process.wait()

    def tests(self) -> list[str]:
        """All tests."""
        return list(self._ask({}))

    def failing(
        self,
        tests: Sequence[str],
        *,
        seconds: Sequence[float] | None = None,
        changed: Change | None = None,
        notes: Path | None = None,
    ) -> str:
        """The first of these tests that fails, or "import", or "time"; "" when none does.

        `seconds`: of processor time, that each is known to take. `changed`: run them with what a file has become.
        `notes`: note what they call. Raises LookupError if that takes a new process.
        """
        answer = self._ask({"tests": tests, "seconds": seconds, "changed": changed, "notes": notes and str(notes)})
        if answer is None:
            raise LookupError(changed and changed[0])
        return str(answer)

    def _ask(self, request: dict[str, Any]) -> Any:
        try:
            with os.fdopen(os.dup(self._requests), "w") as file:
                file.write(json.dumps(request) + "\n")
        except BrokenPipeError:
            raise Ended from None
        if not (line := self._lines.readline()):
            raise Ended
        return json.loads(line)


@dataclass
class _Server:
    """The other end, inside pytest."""

    requests: IO[str]
    answers: IO[str]
    failed: str = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Answer requests instead of running all tests."""
        items = {item.nodeid: item for item in session.items}
        _importing.close()
        gc.freeze()  # what is never looked at again is never copied
        for line in self.requests:
            request = json.loads(line)
            answer = self._failing(items, **request) if request else list(items)
            print(json.dumps(answer), file=self.answers, flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep which test has failed."""
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def _failing(
        self,
        items: dict[str, pytest.Item],
        tests: Sequence[str],
        seconds: Sequence[float] | None,
        changed: Change | None,
        notes: str | None,
    ) -> str | None:
        def run() -> str | None:
            if changed and not replace_functions(*changed):
                return None
            writer = Notes(Path(notes)) if notes else None
            if not items.keys() >= set(tests):
                return "import"  # of a test's file
            asked = [items[test] for test in tests]
            known = seconds or [math.inf] * len(asked)
            for item, following, usual in zip(asked, [*asked[1:], None][: len(asked)], known, strict=True):
                limit_processor_time(usual)
                with writer.of(item.nodeid) if writer else ExitStack():
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failed:
                    break
            return self.failed

        return _in_a_copy(run, SECONDS if seconds else None)


def limit_processor_time(usual: float) -> None:
    """End this process, and each that it starts from now on, when one has worked much longer than `usual` seconds."""
    limit = resource.RLIM_INFINITY
    if usual < math.inf:
        limit = math.ceil(time.process_time() + _LEAST + _MORE * usual)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _in_a_copy(run: Callable[[], str | None], seconds: float | None) -> str | None:
    """What a function returns in a copy of this process; "time" if that takes longer."""
    reader, writer = os.pipe()
    if not (process := os.fork()):
        os.setsid()
        status = _BROKEN
        try:
            os.write(writer, json.dumps(run()).encode())
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)
    os.close(writer)
    done, _, _ = select.select([reader], [], [], seconds)
    answer = os.read(reader, 1 << 16) if done else b'"time"'
    os.close(reader)
    os.killpg(process, signal.SIGKILL)
    if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == _BROKEN:
        raise RuntimeError("tests cannot be run")
    failing: str | None = json.loads(answer or '"time, or pytest was killed"')
    return failing


def replace_functions(path: str, before: str, now: str) -> bool:
    """Have the functions of a file, wherever they are referred to, do what its new text says.

    Returns whether all is done with that. What is not imported yet will be as it lies on the disk.
    """
    if path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") not in sys.modules:
        return True
    old, new = (list(_codes(compile(text, path, "exec"))) for text in (before, now))
    if [code.co_qualname for code in old] != [code.co_qualname for code in new]:
        return False
    changes = {_key(one): other for one, other in zip(old, new, strict=True) if one != other}
    gc.unfreeze()
    known = [each for each in gc.get_objects() if type(each) is FunctionType]
    ours = [each for each in known if each.__code__.co_filename.endswith(path)]
    functions = [each for each in ours if _key(each.__code__) in changes]
    try:
        for function in functions:
            function.__code__ = changes[_key(function.__code__)]
    except ValueError:  # it has other free variables
        return False
    return bool(functions)


def _key(code: CodeType) -> tuple[str, int, bytes]:
    """What a function is known by; its code is another one to == as soon as it has run."""
    return code.co_qualname, code.co_firstlineno, code.co_linetable


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


_importing = ExitStack()
if _NOTES in os.environ:
    _importing.enter_context(Notes(Path(os.environ[_NOTES])).of(IMPORT))


def pytest_configure(config: pytest.Config) -> None:
    """Take the descriptors."""
    if _PIPES in os.environ:
        requests, answers = map(int, os.environ.pop(_PIPES).split())
        config.pluginmanager.register(_Server(os.fdopen(requests), os.fdopen(answers, "w")))
