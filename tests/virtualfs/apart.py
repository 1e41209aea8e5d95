"""Runs a function in namespaces of its own, so that its mounts, its host name and its processes end with it."""

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
    """Call `function` as process 1 of new namespaces (mounts, processes, host name) and return what it returned.

    All processes that it leaves behind are killed. RuntimeError, with the traceback, when it raised. Needs root.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads may run: the child uses nothing of theirs
        child = os.fork()
    if child == 0:
        os.close(reader)
        _enter(function, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        raw = pipe.read()
    os.waitpid(child, 0)
    failed, result = pickle.loads(raw) if raw else (True, "the process ended early")
    if failed:
        raise RuntimeError(str(result))
    return cast("T", result)


def _enter(function: Callable[[], object], writer: int) -> None:
    """The first child: a new process namespace holds only for children to come."""
    try:
        mounts.unshare(mounts.CLONE_NEWNS | mounts.CLONE_NEWUTS | mounts.CLONE_NEWPID)
        mounts.make_private()
        child = os.fork()
        if child == 0:
            _call(function, writer)
        os.waitpid(child, 0)
    except OSError:
        _send(writer, True, traceback.format_exc())
    finally:
        os._exit(0)


def _call(function: Callable[[], object], writer: int) -> None:
    try:
        _send(writer, False, function())
    except Exception:  # noqa: BLE001  whatever it was, the caller is told
        _send(writer, True, traceback.format_exc())
    finally:
        os._exit(0)


def _send(writer: int, failed: bool, result: object) -> None:
    with os.fdopen(writer, "wb") as pipe:
        pipe.write(pickle.dumps((failed, result)))
