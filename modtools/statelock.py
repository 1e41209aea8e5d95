"""The lock that one writer of the state has at a time; the system frees it when its holder dies.

A copy of the holder (fork) does not hold it: a child that runs a module's code may outlive its parent for a moment.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from modtools import forks, hostfile


def acquire(path: Path, seconds: float) -> Callable[[], None]:
    """Take a lock; what gives it back. Raises OSError, and TimeoutError when others have it for so long.

    Where there is flock(2), this does what filelock does there, without the time that its import takes.
    """
    try:
        import fcntl
    except ImportError:
        return _acquire_elsewhere(path, seconds)
    descriptor = hostfile.keep(path)
    forks.keep_own(descriptor)
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                forks.close_own(descriptor)
                raise TimeoutError(str(error)) from error
            time.sleep(0.01)
        except BaseException:
            forks.close_own(descriptor)
            raise
        else:
            return partial(forks.close_own, descriptor)


def _acquire_elsewhere(path: Path, seconds: float) -> Callable[[], None]:
    from filelock import FileLock, Timeout

    os.close(hostfile.keep(path))
    lock = FileLock(path, timeout=seconds, poll_interval=0.01)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(str(error)) from error
    return lock.release
