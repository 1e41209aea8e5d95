"""Runs a function in a process of its own, or in namespaces of its own, and hands back what came of it."""

from __future__ import annotations

import os
import pickle
import traceback
import warnings
from collections.abc import Callable
from typing import TypeVar, cast

from tests.virtualfs import mounts

T = TypeVar("T")


def run_apart(function: Callable[[], T]) -> T:
    """Call `function` as process 1 of new namespaces (mounts, processes, host name); like `in_child` otherwise.

    Its mounts and all processes that it leaves behind end with it. Needs root.
    """

    def enter() -> T:
        mounts.unshare(mounts.CLONE_NEWNS | mounts.CLONE_NEWUTS | mounts.CLONE_NEWPID)
        mounts.make_private()
        return in_child(function)  # a new process namespace holds only for children to come

    return in_child(enter)


def in_child(function: Callable[[], T]) -> T:
    """Call `function` in a child process and return what it returned, or raise what it raised.

    RuntimeError when the child ended without an answer. Both must be picklable.
    """
    reader, writer = os.pipe()
    child = _fork()
    if child == 0:
        try:
            os.close(reader)
            _send(writer, _answer(function))
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        raw = pipe.read()
    os.waitpid(child, 0)
    if not raw:
        raise RuntimeError("the process ended without an answer")
    error, result = pickle.loads(raw)
    if error is not None:
        raise error
    return cast("T", result)


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads may run: the child uses nothing of theirs
        return os.fork()


def _answer(function: Callable[[], object]) -> tuple[Exception | None, object]:
    try:
        return None, function()
    except Exception as error:  # noqa: BLE001  whatever it was, the caller is told
        error.add_note(f"In a process of its own:\n{traceback.format_exc()}")
        return error, None


def _send(writer: int, answer: tuple[Exception | None, object]) -> None:
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(pickle.dumps(answer))
