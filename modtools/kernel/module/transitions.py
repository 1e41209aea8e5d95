"""Modules that are Loading or Unloading for as long as their init or exit slept.

Code runs in no time here, and what it sleeps passes only on the kernel's own clock. But whoever loads a module that
sleeps for three seconds waits three seconds, and others who look meanwhile find the module Loading, as on Linux. So the
state is stored with the module still Loading, and with the time at which that ends; whoever reads the state after that
time finishes the transition.
"""

from __future__ import annotations

from modtools.kernel.module.resolve import drop_references
from modtools.kernel.modules import NO_REFERENCE, LoadedModule, ModuleState
from modtools.kernel.state import Kernel

LONGEST = 60.0
"""Seconds that a transition is visible at most, however long the code slept."""


def begin_loading(kernel: Kernel, module: LoadedModule, slept: int) -> None:
    """Keep a module Loading, with its init part, for as long as init slept (in microseconds); Live if nobody looks."""
    module.until = kernel.visible_until(slept)
    if not module.until:
        _finish_loading(module)


def begin_unloading(kernel: Kernel, module: LoadedModule, slept: int) -> None:
    """Keep a module Unloading for as long as its exit slept (in microseconds); remove it if nobody looks."""
    module.until = kernel.visible_until(slept)
    if not module.until:
        _finish_unloading(kernel, module)


def finish_elapsed(kernel: Kernel, now: float) -> None:
    """Finish all transitions whose time is over; `now` is in seconds since the epoch."""
    kernel.file_loads = {file: load for file, load in kernel.file_loads.items() if now < load.until <= now + LONGEST}
    for module in list(kernel.modules.values()):
        # A later end than any can be was set by a clock that has been put back.
        if module.until and not now < module.until <= now + LONGEST:
            module.until = 0.0
            if module.state is ModuleState.COMING:
                _finish_loading(module)
            else:
                _finish_unloading(kernel, module)


def _finish_loading(module: LoadedModule) -> None:
    module.state = ModuleState.LIVE
    module.refcount = max(module.refcount - 1, NO_REFERENCE)
    module.free_init()


def _finish_unloading(kernel: Kernel, module: LoadedModule) -> None:
    drop_references(kernel, module)
    del kernel.modules[module.name]
