"""Running modules' own code. Nothing here needs Unicorn until code is really run."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.runner import EmulatedRunner
    from modtools.kernel.state import Kernel


OFF = "running code is switched off (--no-run or PYMOD_RUN=0)"


def is_switched_off() -> bool:
    """Whether nothing is to be run: no code of modules, and no command of modprobe.d."""
    return os.environ.get("PYMOD_RUN") == "0"


def why_not(machine: str) -> str:
    """Why no code can be run, in words for the log; "" if it can."""
    if is_switched_off():
        return OFF
    if machine != "x86_64":
        return f"there is no emulator for {machine}"
    if find_spec("unicorn") is None:
        return "the emulator is not installed (pip install 'pymod[run]')"
    return ""


def make_runner(kernel: Kernel, stored: Callable[[], bytes] = bytes) -> EmulatedRunner | None:
    """What runs the modules of a kernel, or None; `stored` fetches what an earlier runner saved."""
    if why_not(kernel.identity.machine):
        return None
    from modtools.emulate.runner import EmulatedRunner

    return EmulatedRunner(kernel, stored)
