"""A command with a kernel of its own: `pymod --kernel KERNEL TOOL ...`.

The kernel is booted in a folder that is removed afterwards; the machine is neither read nor changed. What the kernel
logged, nobody could look up later, so it is printed beside the command's own messages.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from modtools import render
from modtools.boot import Folders, Source, boot
from modtools.endings import guarded, raised
from modtools.errors import PymodError
from modtools.place import Place
from modtools.report import Hint, Message, Report
from modtools.store import Store


def run(
    kernels: Sequence[str],
    place: Place,
    name: str,
    command: Callable[[Place], int],
    *,
    state: str = "",
    failed: int = 1,
) -> int:
    """Run a command of this name with the kernel that some words tell of. Returns its exit status.

    `state` is the machine that was asked for as well, which is refused; `failed` as for `guarded`. Raises PymodError.
    """
    if name == "boot":
        raise PymodError("--kernel is for one command, and keeps nothing: `pymod boot KERNEL` boots a kernel")
    if state:
        raise PymodError(f"--kernel has a machine of its own: leave out --state {state}")
    with raised(), TemporaryDirectory(prefix="pymod-") as folder:
        own = place.for_one_command(Path(folder, "state.json"), kernels)
        found = boot(Store(own.state), Source(tuple(kernels)), Folders(place.image_cache, place.saved_kernels))
        render.show(Report([Message(note, "WARNING") for note in found.notes]), render.Style("pymod"))
        try:
            return guarded(name, lambda: command(own), failed)
        finally:
            _show_log(Store(own.state))


def _show_log(store: Store) -> None:
    """Print what the kernel said, for a person."""
    from modtools.tools.dmesg import texts

    if lines := texts(store.read()):
        if sys.stdout is not None:
            sys.stdout.flush()
        render.show(Report([Hint("The kernel said:"), *map(Hint, lines)]), render.Style("pymod"))
