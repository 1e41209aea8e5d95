"""The lock that one writer of the state has at a time; the system frees it when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable


def acquire(path: str, seconds: float) -> Callable[[], None]:
    """Take a lock; what gives it back. Raises OSError, and TimeoutError when others have it for so long.

    Where there is flock(2), this does what filelock does there, without the time that its import takes.
    """
    try:
        import fcntl
    except ImportError:
        return _acquire_elsewhere(path, seconds)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise TimeoutError(str(error)) from error
            time.sleep(0.01)
        except BaseException:
            os.close(descriptor)
            raise
        else:
            return lambda: os.close(descriptor)


def _acquire_elsewhere(path: str, seconds: float) -> Callable[[], None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=seconds, poll_interval=0.01)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(str(error)) from error
    return lock.release
