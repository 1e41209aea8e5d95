"""Load arguments: the words after insmod's file name.

From Linux 6.1: `kernel/params.c: parse_args(), parse_one()`, `kernel/module/main.c: unknown_module_param_cb()`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.cmdline import BLANKS, take_argument
from modtools.kernel.log import ERR, WARNING
from modtools.kernel.modules import Parameter
from modtools.kernel.params.types import parameter_cause, set_value, takes_no_value
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL, ENOSPC

Setter = Callable[[Parameter, str | None], None]
Debug = Callable[[str], None]
"""Takes a query to dynamic debug."""


def parse_args(
    kernel: Kernel,
    module: str,
    args: str,
    parameters: list[Parameter],
    setter: Setter | None = None,
    debug: Debug | None = None,
) -> None:
    """Set all parameters that the load arguments name. A bad one is logged.

    Raises KernelError with the errno of the last bad one, and a cause for each.
    """
    setter = setter or partial(set_value, kernel)
    errno, found = 0, list[Cause]()
    rest = args.encode("utf-8", "surrogateescape").lstrip(BLANKS)
    while rest:
        name, value, rest = take_argument(rest)
        if value is None and name == "--":
            break
        try:
            if not _parse_one(name, value, parameters, setter):
                _unknown(kernel, module, name, value, debug)
        except KernelError as error:
            errno = error.errno
            found.append(_refused(kernel, module, name, value, parameters, error))
    if errno:
        raise KernelError(errno, *found)
    if rest:
        kernel.printk(WARNING, f"{module}: parameters '{rest.decode('utf-8', 'surrogateescape')}' after `--' ignored")


def _parse_one(name: str, value: str | None, parameters: list[Parameter], setter: Setter) -> bool:
    """Set the parameter of this name; return whether there is one. Raises KernelError."""
    parameter = _find(name, parameters)
    if parameter is None:
        return False
    if value is None and not takes_no_value(parameter):
        raise KernelError(EINVAL)
    setter(parameter, value)
    return True


def _unknown(kernel: Kernel, module: str, name: str, value: str | None, debug: Debug | None) -> None:
    """Take what every module takes, async_probe and dyndbg; log any other name that is no parameter, cut at its dot."""
    before, dot, after = name.partition(".")
    if (after if dot else name) == "dyndbg":
        if debug is not None:
            debug("+p" if value is None else value)
    elif name != "async_probe":
        kernel.printk(WARNING, f"{module}: unknown parameter '{before}' ignored")


def _find(name: str, parameters: list[Parameter]) -> Parameter | None:
    wanted = name.replace("-", "_")
    return next((p for p in parameters if p.name.replace("-", "_") == wanted), None)


def _refused(
    kernel: Kernel, module: str, name: str, value: str | None, parameters: list[Parameter], error: KernelError
) -> Cause:
    """Log a bad parameter and return why it is refused. Of an array only the first element is logged, as Linux has
    overwritten the commas by then; the cause has the one that is bad.
    """
    parameter = _find(name, parameters)
    shown = value or ""
    if parameter is not None and parameter.type.startswith("array of "):
        shown = shown.split(",", 1)[0]
    what = "too large" if error.errno == ENOSPC else "invalid"
    kernel.printk(ERR, f"{module}: `{shown}' {what} for parameter `{name}'")
    of_array = next((cause for cause in error.causes if cause.kind in _OF_VALUES), None)
    return Cause(parameter_cause(error.errno), name, shown) if of_array is None else of_array._replace(subject=name)


_OF_VALUES = (causes.PARAMETER_INVALID, causes.PARAMETER_TOO_LARGE, causes.PARAMETER_TOO_MANY)
"""Causes for which values are refused, and not by code of the module's own."""
