"""The smallest input that shows a fault, as far as some seconds of trying go."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.case import Fault, check
from tests.fuzz.scenes import Seed

PATIENCE = 60.0
"""Seconds to try for."""


def smallest(seed: Seed, data: bytes, folder: Path) -> bytes:
    """Take changes back, then pieces out, as long as the fault stays."""
    end = time.monotonic() + PATIENCE

    def fails(candidate: bytes) -> bool:
        return time.monotonic() < end and _fails(seed, candidate, folder)

    sound = seed.data
    if len(sound) == len(data):
        data = _fewest_changes(sound, data, fails)
    return _shortest(data, fails)


def _fails(seed: Seed, data: bytes, folder: Path) -> bool:
    """Whether the fault is there, seen by a process of its own: memory taken once is never given back."""
    pid = os.fork()
    if pid == 0:
        status = 2
        try:
            check(seed, data, folder)
            status = 0
        except Fault:
            status = 1
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


def _fewest_changes(sound: bytes, data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    for at in [at for at in range(len(data)) if sound[at] != data[at]]:
        candidate = data[:at] + sound[at : at + 1] + data[at + 1 :]
        if fails(candidate):
            data = candidate
    return data


def _shortest(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    size = len(data) // 2
    while size:
        at = 0
        while at < len(data):
            candidate = data[:at] + data[at + size :]
            if fails(candidate):
                data = candidate
            else:
                at += size
        size //= 2
    return data
