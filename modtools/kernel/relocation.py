"""The step that links: symbols have values, sections have places, now the bytes follow.

From Linux 6.1: `kernel/module/main.c: apply_relocations()`, `post_relocation()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.log import ERR
from modtools.kernel.oops import page_fault
from modtools.link import relocate as linker
from modtools.link import x86_64
from modtools.link.memory import Fault
from modtools.linuxerrno import ENOEXEC

if TYPE_CHECKING:
    from modtools.kernel.load import Load

RULES = {"x86_64": x86_64.RULES}
"""What is known of the relocations of each architecture. Modules for others are placed and not linked."""


def choose_runner(load: Load) -> None:
    """No step of Linux: code that was built for another kernel than the runner knows is linked, and not run."""
    load.not_run = "" if load.runner is None else load.runner.why_not(load.parsed)
    if load.not_run:
        load.runner = None


def relocate(load: Load) -> None:
    """Do all relocations and hand the module to the runner. Raises KernelError(ENOEXEC) and Killed."""
    rules = RULES.get(load.kernel.arch.machine)
    if rules is None:
        return
    assert load.layout is not None
    runner = load.runner
    externals = load.addresses if runner is None else runner.externals(load)
    percpu = 0 if runner is None else runner.percpu(load.loaded.name, load.parsed)
    bases = linker.Bases(load.loaded.core_base, load.loaded.init_base, percpu)
    try:
        linked = linker.link(load.parsed, load.layout, bases, externals, rules)
    except linker.Refused as refused:
        for line in refused.lines:
            load.kernel.printk(ERR, line)
        raise KernelError(ENOEXEC, Cause(causes.RELOCATION_REFUSED, load.loaded.name, refused.lines[0])) from None
    except Fault as fault:
        raise page_fault(load.kernel, fault.address, write=fault.write) from None
    if runner is not None:
        load.undo.append(lambda: runner.forget(load.loaded))
        runner.place(load, linked)
