"""What a tool declares of its command line: options and operands, one decorator each, in the order of its help.

    @command()
    @option("-l", "long", is_flag=True, help="Show modes.")
    @operand("paths", many=True)
    def tool(call, *, long, paths): ...

Declarations are plain values: `command.py` reads command lines by them, `clicked.py` makes a click command of them.
"""

from __future__ import annotations

import os

from modtools.getopt import NO_ARGUMENT, REQUIRED_ARGUMENT, CommandLine, Switch, scan
from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Declared = Callable[[Callable[..., Any]], Callable[..., Any]]

FILE, FOLDER = "file", "folder"
"""Arguments that must be the path of an existing file, or folder."""


class Option(NamedTuple):
    """An option: the tool's own name for it, and its names on the command line.

    It is a flag, counts how often it stands there, or takes an argument, with `multiple` each time another one. `type`
    says what arguments are taken: FILE, FOLDER, or one of some words. `own`: pymod has it and kmod does not. `ends`:
    nothing after it is read, as of --help. What is not `exposed`, the tool does not get.
    """

    key: str
    opts: tuple[str, ...]
    is_flag: bool = False
    counts: bool = False
    multiple: bool = False
    default: str | None = None
    type: str | tuple[str, ...] = ""
    metavar: str = ""
    help: str = ""
    own: bool = False
    ends: bool = False
    exposed: bool = True

    @property
    def takes(self) -> int:
        """Whether it has an argument, as `getopt` has it."""
        return NO_ARGUMENT if self.is_flag or self.counts else REQUIRED_ARGUMENT

    @property
    def switch(self) -> Switch:
        """The option as `getopt.scan` has it."""
        longs = tuple(name[2:] for name in self.opts if name.startswith("--"))
        return Switch(self.key, "".join(name[1] for name in self.opts if name[1] != "-"), longs, self.takes)

    @property
    def initial(self) -> Any:
        """The value of the option where it is not given."""
        if self.is_flag or self.counts:
            return 0 if self.counts else False
        return () if self.multiple else self.default

    def takes_word(self, argument: str | None) -> bool:
        """Return whether an argument is certain to be one of the option's type."""
        if argument is None or self.type == "":
            return True
        if isinstance(self.type, tuple):
            return argument in self.type
        exists = os.path.isdir if self.type == FOLDER else os.path.isfile
        return exists(argument) and os.access(argument, os.R_OK)

    def after(self, before: Any, argument: str | None) -> Any:
        """Return the value of the option after it is given once more."""
        if self.is_flag or self.counts:
            return before + 1 if self.counts else True
        return (*before, argument) if self.multiple else argument


class Operand(NamedTuple):
    """An operand, or with `many` all that there are, which may be none unless they are `required`."""

    key: str
    many: bool = False
    required: bool = False
    default: str | None = None
    type: str | tuple[str, ...] = ""
    metavar: str = ""


def read(words: Sequence[str], options: Sequence[Option], *, operands_end: bool = False) -> CommandLine:
    """Take a command line apart as getopt_long() does; `operands_end` as for `scan`. Raises BadUsage."""
    ends = {option.key for option in options if option.ends}
    switches = [option.switch for option in options]
    return scan(words, switches, operands_end=operands_end, stop=lambda found: found.key in ends)


def option(*names: str, **attributes: Any) -> Declared:
    """Declare an option. Its key is the name without dashes, if there is one, else the first long one."""
    return _declared(new_option(*names, **attributes))


def new_option(*names: str, **attributes: Any) -> Option:
    """Return an option by its names."""
    opts = tuple(name for name in names if name.startswith("-"))
    keys = [name for name in names if name not in opts] or [name for name in opts if name.startswith("--")]
    return Option(keys[0].lstrip("-").replace("-", "_"), opts, **attributes)


def operand(key: str, *, many: bool = False, required: bool | None = None, **attributes: Any) -> Declared:
    """Declare an operand; a single one is required unless that is denied."""
    return _declared(Operand(key, many, not many if required is None else required, **attributes))


def declared(function: Callable[..., Any]) -> list[Option | Operand]:
    """Return the options and operands that were declared of a function, in their order."""
    params: list[Option | Operand] = vars(function).setdefault("declared", [])
    return params


def _declared(param: Option | Operand) -> Declared:
    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        # Decorators run from the last one to the first.
        declared(function).insert(0, param)
        return function

    return declare
