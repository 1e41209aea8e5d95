"""Modules whose init or exit slept: for as long in real time others find them Loading or Unloading.

Code runs in no time here, and what it sleeps passes only on the kernel's own clock. But who loads a module that sleeps
for three seconds waits three seconds, and whoever looks meanwhile sees it come, as on Linux. So the module is stored as
it was in between, with the time at which that ends; from then on whoever reads the state finds the end of it.
"""

from __future__ import annotations

from modtools.kernel.resolve import drop_references
from modtools.kernel.state import Kernel, LoadedModule, ModuleState

LONGEST = 60.0
"""Seconds: for longer nobody waits."""


def arrive(kernel: Kernel, module: LoadedModule, slept: int) -> None:
    """Let a module be Loading for as long as its init slept, in microseconds; its init part is still shown."""
    module.until = kernel.onlookers(slept)
    if not module.until:
        _live(module)


def leave(kernel: Kernel, module: LoadedModule, slept: int) -> None:
    """Let it be Unloading for as long as its exit slept."""
    module.until = kernel.onlookers(slept)
    if not module.until:
        _gone(kernel, module)


def settle(kernel: Kernel, now: float) -> None:
    """End what has ended by now, in seconds since the epoch."""
    for module in list(kernel.modules.values()):
        # A later end than any can be was set by a clock that has been put back.
        if module.until and not now < module.until <= now + LONGEST:
            module.until = 0.0
            if module.state is ModuleState.COMING:
                _live(module)
            else:
                _gone(kernel, module)


def _live(module: LoadedModule) -> None:
    module.state = ModuleState.LIVE
    module.refcount -= 1
    module.init_base = module.init_size = 0


def _gone(kernel: Kernel, module: LoadedModule) -> None:
    drop_references(kernel, module)
    del kernel.modules[module.name]
