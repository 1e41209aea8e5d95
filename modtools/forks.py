"""Forked copies of this process: which descriptors they must not keep, and how they end when it ends.

A lock of flock(2) is held for as long as any copy has its descriptor open: whoever kills a command would find its lock
held by what that left behind. So descriptors that are noted here are closed in every copy, and a copy that follows its
parent's lifeline, a pipe, ends when nobody holds the pipe's other end any more: however the parent ended.
"""

from __future__ import annotations

import gc
import os
from _thread import start_new_thread
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_own: set[int] = set()
_groups: set[int] = set()
"""Process groups that this process has started and waits for."""


def close_in_copies(descriptor: int) -> None:
    """Close a descriptor in all copies that are made from now on."""
    _own.add(descriptor)


def close(descriptor: int) -> None:
    """Close a descriptor that was noted here; in a copy, where it is closed already, do nothing."""
    if descriptor in _own:
        _own.remove(descriptor)
        os.close(descriptor)


def _close_all() -> None:
    while _own:
        os.close(_own.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_all)


class Lifeline:
    """Ends a copy of this process when this process ends. It is made before the fork."""

    def __init__(self) -> None:
        self._end, own = os.pipe()
        close_in_copies(own)
        self._own = own

    def follow(self) -> None:
        """Called in the copy: end it as soon as its parent has ended."""
        start_new_thread(_end_with, (self._end,))

    def close(self) -> None:
        """Called in the parent when the copy has ended, or is to end."""
        os.close(self._end)
        close(self._own)


def _end_with(descriptor: int) -> None:
    os.read(descriptor, 1)
    for group in (*_groups,):
        _kill(group)
    os._exit(1)


@contextmanager
def group(leader: int) -> Iterator[None]:
    """Let a group of processes, whose leader is a child of ours, not outlive this process, or what is raised here."""
    _groups.add(leader)
    try:
        yield
    except BaseException:
        _kill(leader)
        os.waitpid(leader, 0)
        raise
    finally:
        _groups.remove(leader)


def _kill(group: int) -> None:
    import signal

    with suppress(OSError):
        os.killpg(group, signal.SIGKILL)


@contextmanager
def without_collector() -> Iterator[None]:
    """Run without Python's collector of cyclic garbage: it finds none here, and would touch each page of a copy."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
