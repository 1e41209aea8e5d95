"""Files that programs have left open whose server is gone, so that nobody can close them any more."""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path

from modtools.errors import KernelError, Killed
from modtools.kernel.files.module_files import Opened
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Kernel
from modtools.store import Store

_SIGKILL = 1 << 8
"""SIGKILL in a set of signals."""


def lives(thread: int) -> bool:
    """Return whether a thread of the host's has not ended."""
    try:
        return Path(f"/proc/{thread}/stat").read_bytes().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False


def _is_gone(holder: int) -> bool:
    """Return whether the process that was to close a file is gone."""
    return not lives(holder)


def _left(kernel: Kernel, is_left: Callable[[int], bool]) -> list[Opened]:
    folder = lookup(kernel, "/dev/fd")
    found = (folder.child(name) for name in folder.names())
    return [node for node in found if isinstance(node, Opened) and node.holder and is_left(node.holder)]


def end_calls(kernel: Kernel, is_left: Callable[[int], bool]) -> None:
    """End the system calls of programs of which nobody is told any more, by who closes their files."""
    runner = kernel.made_runner if not kernel.memory_file else kernel.runner
    if runner is None:
        return
    left = {call: holder for call, holder in runner.calls().items() if holder and is_left(holder)}
    for call in left:
        runner.signal_call(call, _SIGKILL)
    for holder in {*left.values()}:
        runner.ended_calls(holder)


def close_left(kernel: Kernel, servers: Container[int] = ()) -> None:
    """End the system calls of programs, and close the files, of servers that are gone, or are among these."""

    def is_left(holder: int) -> bool:
        return holder in servers or _is_gone(holder)

    end_calls(kernel, is_left)
    for node in _left(kernel, is_left):
        with suppress(KernelError, Killed):
            node.release()


def close_all_left(store: Store) -> None:
    """Do so in a state that nobody holds."""
    if _left(store.read(), _is_gone):
        with store.transaction() as kernel:
            close_left(kernel)
