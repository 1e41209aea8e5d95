"""Running modules' own code. Nothing here needs Unicorn until code is really run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modtools.emulate.compatibility import KERNEL, OFF, is_switched_off, why_not

if TYPE_CHECKING:
    from modtools.emulate.runner import EmulatedRunner
    from modtools.kernel.state import Kernel

__all__ = ["KERNEL", "OFF", "is_switched_off", "make_runner", "why_not"]


def make_runner(kernel: Kernel, stored: Callable[[], bytes] = bytes) -> EmulatedRunner | None:
    """Return what runs the modules of a kernel, or None; `stored` fetches what an earlier runner saved."""
    if why_not(kernel):
        return None
    from modtools.emulate.runner import EmulatedRunner  # not before code is run: the emulator takes long to import

    return EmulatedRunner(kernel, stored)
