"""The parameters of a loaded module, with its memory behind them where its code runs.

From Linux 6.1: `kernel/params.c: parse_one(), param_attr_show(), param_attr_store(), param_check_unsafe()`.
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.log import WARNING
from modtools.kernel.modules import LoadedModule, Parameter
from modtools.kernel.params.types import OWN, set_value, show_value
from modtools.kernel.runner import End, Outcome, Runner, cause, killed, reason
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EIO

_PAGE = 4096


def set_parameter(
    kernel: Kernel, module: LoadedModule, runner: Runner | None, parameter: Parameter, text: str | None
) -> None:
    """Set a parameter to the value that a text says, also in the module's memory; one with a set function of its own is
    set by that. Raises KernelError.
    """
    if runner is None:
        set_value(kernel, parameter, text)
        return
    runner.fetch(module, parameter)
    try:
        set_value(kernel, parameter, text)
    finally:
        runner.store(module, parameter)
    if parameter.type == OWN:
        _check(kernel, module, parameter, runner.set_parameter(module, parameter, text))


def get_parameter(kernel: Kernel, module: LoadedModule, parameter: Parameter) -> str:
    """Return what reading the parameter's file in /sys gives. Raises KernelError."""
    runner = kernel.runner
    if runner is None:
        return show_value(parameter)
    if parameter.type != OWN:
        runner.fetch(module, parameter)
        return show_value(parameter)
    outcome, text = runner.get_parameter(module, parameter)
    _check(kernel, module, parameter, outcome)
    return text


def _check(kernel: Kernel, module: LoadedModule, parameter: Parameter, outcome: Outcome) -> None:
    """Raise KernelError or Killed unless a call of a parameter's own function went well."""
    what = f"{module.name}: parameter {parameter.name}"
    if outcome.end in (End.KILLED, End.STUCK):
        raise killed(outcome.end, what, outcome.detail)
    if outcome.end is not End.RETURNED:
        kernel.printk(WARNING, f"{what}: its function was not run to its end, {reason(outcome)}")
        raise KernelError(EIO, cause(outcome.end, what, outcome.detail))
    if outcome.value < 0:
        raise KernelError(-outcome.value, Cause(causes.CODE_REFUSED, what, str(outcome.value)))
