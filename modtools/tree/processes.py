"""Work on all cores: copies of this process that each do a part and send back what came out.

A copy (fork) has at once all that this process knows, and is made in milliseconds. Where there is none, or a copy dies,
this process does the work itself. What is sent back must be plain values, as `marshal` takes them; nobody else can
write to the pipe that it comes through.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Generic, TypeVar

from modtools.forks import Lifeline

_T = TypeVar("_T")
_NUMBER: Final = 2
"""Bytes of a number in a pipe, which holds a few thousand of them without a reader."""


def cores() -> int:
    """Return how many cores this process may use; 1 where it cannot be copied."""
    if not hasattr(os, "fork"):
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return os.cpu_count() or 1


class Copy(Generic[_T]):
    """A forked copy of this process that computes one value."""

    def __init__(self, task: Callable[[], _T]) -> None:
        self._task = task
        self._descriptor, writer = os.pipe()
        self._lifeline = Lifeline()
        self._pid = os.fork()
        if not self._pid:
            self._lifeline.follow()
            _work(task, writer)
        os.close(writer)

    def result(self) -> _T:
        """Return the value, worked out here if the copy died."""
        value = self.answer()
        return self._task() if value is None else value

    def answer(self) -> _T | None:
        """Return the value, None if the copy died."""
        try:
            with open(self._descriptor, "rb") as pipe:  # noqa: PTH123, a descriptor
                data = pipe.read()
            value: _T | None = marshal.loads(data)
        except (OSError, EOFError, ValueError, TypeError):
            value = None
        with suppress(OSError):
            os.waitpid(self._pid, 0)
        self._lifeline.close()
        return value


def _work(task: Callable[[], Any], writer: int) -> None:
    """Work out the value in the copy, write it to the pipe, and end."""
    status = 1
    try:
        data = marshal.dumps(task())
        with open(writer, "wb") as pipe:
            pipe.write(data)
        status = 0
    finally:
        # Not sys.exit(): the files of the one that was copied are not this one's to flush.
        os._exit(status)


def copy(task: Callable[[], _T]) -> Copy[_T] | None:
    """Return a copy of this process for a task, None where there can be none."""
    try:
        return Copy(task) if cores() > 1 else None
    except OSError:
        return None


def shared_out(chunks: int, do: Callable[[int], _T], workers: int, done: Callable[[int], None]) -> list[_T]:
    """`do` for each number below `chunks`, in that order, by as many processes; who is free takes the next number.

    `done` is told how many are done, now and then.
    """
    workers = min(workers, chunks)
    queue = _Queue(chunks)
    copies = [made for made in (copy(lambda: _take(queue, do)) for _ in range(workers - 1)) if made]
    results = _take(queue, do, done)
    for made in copies:
        results.update(made.answer() or {})
    queue.close()
    return [results[number] if number in results else do(number) for number in range(chunks)]


def _take(queue: _Queue, do: Callable[[int], _T], done: Callable[[int], None] = lambda _: None) -> dict[int, _T]:
    """Do the work for numbers from the queue until there are none. Returns the results by number."""
    results = {}
    while (number := queue.take()) is not None:
        results[number] = do(number)
        done(number)
    return results


class _Queue:
    """Numbers that several processes take from, each number once: they lie in a pipe."""

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        os.write(writer, b"".join(number.to_bytes(_NUMBER, "big") for number in range(count)))
        os.close(writer)

    def take(self) -> int | None:
        """Take the next number, None if there is none."""
        data = os.read(self._reader, _NUMBER)
        return int.from_bytes(data, "big") if data else None

    def close(self) -> None:
        """Close the queue: nobody takes any more."""
        os.close(self._reader)
