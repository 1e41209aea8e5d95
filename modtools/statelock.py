"""The lock that one writer of the state has at a time; the system frees it when its holder dies.

A copy of the holder (fork) does not hold it: a child that runs a module's code may outlive its parent for a moment.

Who holds the machine for longer than one command (`statehold`) has two more files beside the lock. `ahead` is locked
while what it has in memory is ahead of what is stored: who reads the state waits until it is not. `wanted` is locked,
shared, by all who wait for either: then the holder stores what it has, and lets the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from modtools import forks, hostfile

WANTED = "wanted"
_PAUSE = 0.002
"""Seconds between two looks at whether a state is stored, which takes some milliseconds."""
_LONG = 5.0
"""Seconds to lock what others hold for a moment."""


def acquire(path: Path, seconds: float) -> Callable[[], None]:
    """Take a lock. Returns a function that releases it. Raises OSError, and TimeoutError if others hold it that long.

    Where there is flock(2), this does what filelock does there, without the time that its import takes.
    """
    descriptor = hostfile.open_or_create(path)
    forks.close_in_copies(descriptor)
    try:
        _lock(descriptor, path.parent, seconds)
    except hostfile.NoLocksError:
        forks.close(descriptor)
        return _acquire_elsewhere(path, seconds)
    except BaseException:
        forks.close(descriptor)
        raise
    return partial(forks.close, descriptor)


def _lock(descriptor: int, folder: Path, seconds: float) -> None:
    try:
        hostfile.lock(descriptor)
    except TimeoutError:
        if not seconds:
            raise
        with _wanting(folder):
            hostfile.lock(descriptor, seconds)


@contextmanager
def _wanting(folder: Path) -> Iterator[None]:
    """Tell who holds the machine that somebody waits for it."""
    with ExitStack() as stack:
        with suppress(OSError):
            descriptor = stack.enter_context(_opened(folder / WANTED))
            hostfile.lock(descriptor, _LONG, shared=True, pause=_PAUSE)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    forks.close_in_copies(descriptor)
    try:
        yield descriptor
    finally:
        forks.close(descriptor)


def wait_until_stored(ahead: Path, seconds: float) -> None:
    """Wait while somebody holds the machine and is ahead of what is stored, for so many seconds at most."""
    with suppress(OSError), _opened(ahead) as descriptor:
        try:
            hostfile.lock(descriptor, shared=True)
        except TimeoutError:
            with _wanting(ahead.parent):
                hostfile.lock(descriptor, seconds, shared=True, pause=_PAUSE)


def _acquire_elsewhere(path: Path, seconds: float) -> Callable[[], None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=seconds, poll_interval=0.01)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(str(error)) from error
    return lock.release
