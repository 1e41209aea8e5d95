"""A kernel to try modules in: as the real one is, and nothing that is done to it stays."""

from __future__ import annotations

import copy
from dataclasses import replace

from modtools.diagnose.namesakes import Namesakes
from modtools.kernel.log import Log
from modtools.kernel.modules import Modules
from modtools.kernel.state import Kernel


class Scratch:
    """Copies of a kernel; where code is to `run`, each has a runner of its own."""

    def __init__(self, kernel: Kernel, *, run: bool = False) -> None:
        self.kernel = kernel
        self.run = run
        self.namesakes = Namesakes(kernel)

    def copied(self) -> Kernel:
        """Return a kernel like it, with an empty log."""
        kernel = self.kernel
        return replace(
            kernel,
            modules=_copied(kernel.modules),
            log=Log(),
            once=set(kernel.once),
            switches=dict(kernel.switches),
            unmounted=set(kernel.unmounted),
            file_loads={},
            program="insmod",
            made_runner=None,
            runner_source=kernel.runner_source if self.run else _no_runner,
            _symbols=kernel.symbols,
        )


def _no_runner(_: Kernel) -> None:
    return None


def _copied(modules: Modules) -> Modules:
    made = Modules()
    for name, module in modules.items():
        made[name] = copy.deepcopy(module)
    return made
