"""The lock that one writer of the state has at a time; the system frees it when its holder dies.

A copy of the holder (fork) does not hold it: a child that runs a module's code may outlive its parent for a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from modtools import forks, hostfile


def acquire(path: Path, seconds: float) -> Callable[[], None]:
    """Take a lock. Returns a function that releases it. Raises OSError, and TimeoutError if others hold it that long.

    Where there is flock(2), this does what filelock does there, without the time that its import takes.
    """
    descriptor = hostfile.open_or_create(path)
    forks.close_in_copies(descriptor)
    try:
        hostfile.lock(descriptor, seconds)
    except hostfile.NoLocksError:
        forks.close(descriptor)
        return _acquire_elsewhere(path, seconds)
    except BaseException:
        forks.close(descriptor)
        raise
    return partial(forks.close, descriptor)


def _acquire_elsewhere(path: Path, seconds: float) -> Callable[[], None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=seconds, poll_interval=0.01)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(str(error)) from error
    return lock.release
