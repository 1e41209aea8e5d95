"""Telling others of a module that comes, is live, or goes.

From Linux 6.1: `kernel/module/main.c: prepare_coming_module(), do_init_module(), delete_module(2)`, which call the
functions of `register_module_notifier()`.
"""

from __future__ import annotations

from modtools.errors import KernelError
from modtools.kernel.log import WARNING
from modtools.kernel.module.load_info import Load
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.runner import End, Runner, killed, reason
from modtools.kernel.state import Kernel


def tell_coming(load: Load) -> None:
    """Tell that a module comes, and later that it goes if loading fails. Raises KernelError where somebody refuses it,
    and Killed.
    """
    runner, module = load.runner, load.loaded
    if runner is None:
        return
    answer = tell(load.kernel, runner, module, ModuleState.COMING)
    if answer:
        raise KernelError(-answer)
    load.undo.append(lambda: tell_going(load.kernel, runner, module))


def tell_live(load: Load) -> None:
    """Tell that a module's init is over. Raises Killed."""
    if load.runner is not None:
        tell(load.kernel, load.runner, load.loaded, ModuleState.LIVE)


def tell_going(kernel: Kernel, runner: Runner, module: LoadedModule) -> None:
    """Tell that a module's exit is over, or that it is not going to live. Raises Killed."""
    tell(kernel, runner, module, ModuleState.GOING)


def tell(kernel: Kernel, runner: Runner, module: LoadedModule, state: ModuleState) -> int:
    """Tell of a state; return the error of who does not want it, which counts for a module that comes, or 0."""
    outcome = runner.tell(module, state)
    function = f"{module.name}: notifiers"
    if outcome.end in (End.KILLED, End.STUCK):
        raise killed(outcome.end, function, outcome.detail)
    if outcome.end is not End.RETURNED:
        kernel.printk(WARNING, f"{function}: not run to their end, {reason(outcome)}")
    return outcome.value
