"""Module parameters: what each type takes, refuses and shows.

From Linux 6.1: `kernel/params.c` (`STANDARD_PARAM_DEF`, `param_set_*`, `param_get_*`, `param_array`,
`param_set_copystring`), `include/linux/moduleparam.h`.

A type is a row: how text becomes a value, how a value is shown, and how many bytes it takes in the module's memory.
`set` raises `KernelError`; what the kernel logs on the way goes through `log(level, text)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.kstrtox import kstrtobool, kstrtoint
from modtools.kernel.log import ERR, NOTICE
from modtools.kernel.modules import Parameter
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.light import NamedTuple
from modtools.linuxerrno import EINVAL, ENOSPC, EROFS

Value = int | str | None

CHARP_MAX = 1024


class ParamType(NamedTuple):
    """A type of parameters: `parse` makes a value of text, `show` text without newline of a value; `size` is in bytes
    (0: a pointer).

    `bare` says that the parameter may stand without a value, `signed` how `size` bytes of memory are read.
    """

    name: str
    parse: Callable[[str], Value]
    show: Callable[[Value], str]
    size: int
    signed: bool = False
    bare: bool = False


def _integer(bits: int, signed: bool) -> Callable[[str], int]:
    return partial(kstrtoint, bits=bits, signed=signed)


def _boolean(text: str) -> int:
    yes = kstrtobool(text)
    if yes is None:
        raise KernelError(EINVAL)
    return int(yes)


def _yes_no(value: Value) -> str:
    return "Y" if value else "N"


def _text(value: Value) -> str:
    return "(null)" if value is None else str(value)


_INTEGERS = {
    "byte": (8, False),
    "short": (16, True),
    "ushort": (16, False),
    "int": (32, True),
    "uint": (32, False),
    "ullong": (64, False),
}

TYPES: dict[str, ParamType] = {
    name: ParamType(name, _integer(bits, signed), str, bits // 8, signed) for name, (bits, signed) in _INTEGERS.items()
} | {
    "long": ParamType("long", _integer(64, True), str, 0, signed=True),
    "ulong": ParamType("ulong", _integer(64, False), str, 0),
    "hexint": ParamType("hexint", _integer(32, False), lambda value: f"{value or 0:#08x}", 4),
    "charp": ParamType("charp", str, _text, 0),
    "bool": ParamType("bool", _boolean, _yes_no, 1, bare=True),
    "bool_enable_only": ParamType("bool_enable_only", _boolean, _yes_no, 1, bare=True),
    "invbool": ParamType("invbool", lambda text: 1 - _boolean(text), lambda value: _yes_no(not value), 1),
    "bint": ParamType("bint", _boolean, str, 4, signed=True, bare=True),
}
"""The types with `param_ops_NAME`; `string` and arrays are handled apart, for they need to know their own size."""

OWN = "own"
"""The type of a parameter whose set and get functions are the module's own code."""


def element_type(parameter: Parameter) -> str:
    """Return `int` of `array of int`; the type itself if it is no array."""
    return parameter.type.removeprefix("array of ")


def takes_no_value(parameter: Parameter) -> bool:
    """Return whether the parameter may stand without `=value` (KERNEL_PARAM_OPS_FL_NOARG)."""
    row = TYPES.get(parameter.type)
    return parameter.bare or (row is not None and row.bare)


def set_value(kernel: Kernel, parameter: Parameter, text: str | None) -> None:
    """Set a parameter to the value that a text says, for load arguments and writes to /sys. Raises KernelError."""
    if parameter.unsafe:
        kernel.printk(NOTICE, f"Setting dangerous option {parameter.name} - tainting kernel")
        kernel.add_taint(Taint.USER)
    if parameter.type.startswith("array of "):
        _set_array(kernel, parameter, text or "")
    elif parameter.type == "string":
        _set_string(kernel, parameter, text or "")
    elif parameter.type != OWN:
        parameter.value = _parse_one(kernel, parameter, "1" if text is None else text)


def _parse_one(kernel: Kernel, parameter: Parameter, text: str) -> Value:
    kind = element_type(parameter)
    if kind == "charp" and len(text.encode("utf-8", "surrogateescape")) > CHARP_MAX:
        kernel.printk(ERR, f"{parameter.name}: string parameter too long")
        raise KernelError(ENOSPC)
    value = TYPES[kind].parse(text)
    if kind == "bool_enable_only" and parameter.value and not value:
        raise KernelError(EROFS)
    return value


def _set_string(kernel: Kernel, parameter: Parameter, text: str) -> None:
    if len(text.encode("utf-8", "surrogateescape")) >= parameter.maximum:
        kernel.printk(ERR, f"{parameter.name}: string doesn't fit in {parameter.maximum - 1} chars.")
        raise KernelError(ENOSPC)
    parameter.value = text


def _set_array(kernel: Kernel, parameter: Parameter, text: str) -> None:
    """Set the elements one by one; an error leaves those before it changed, as in Linux.

    Raises KernelError with the element that is refused, or with all where there are too many.
    """
    values = parameter.value
    assert isinstance(values, list)
    stored = 0
    try:
        for part in text.split(","):
            if stored == parameter.maximum:
                kernel.printk(ERR, f"{parameter.name}: can only take {parameter.maximum} arguments")
                raise KernelError(EINVAL, Cause(causes.PARAMETER_TOO_MANY, parameter.name, text))
            try:
                values[stored : stored + 1] = [_parse_one(kernel, parameter, part)]
            except KernelError as error:
                raise KernelError(error.errno, Cause(parameter_cause(error.errno), parameter.name, part)) from None
            stored += 1
    finally:
        if parameter.counted:
            del values[stored:]


def parameter_cause(errno: int) -> causes.Kind:
    """Return the cause for which a value is refused with an errno."""
    return causes.PARAMETER_TOO_LARGE if errno == ENOSPC else causes.PARAMETER_INVALID


def show_value(parameter: Parameter) -> str:
    """Return what reading `/sys/module/NAME/parameters/X` gives, with its newline."""
    if parameter.type == OWN:
        return ""
    if isinstance(parameter.value, list):
        show = TYPES[element_type(parameter)].show
        return ",".join(show(value) for value in parameter.value) + ("\n" if parameter.value else "")
    if parameter.type == "string":
        return f"{parameter.value}\n"
    return TYPES[parameter.type].show(parameter.value) + "\n"
