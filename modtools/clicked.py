"""A tool as click knows it: its usage and help, and arguments that are checked.

pymod's own tools are read and explained by click. The tools of kmod are not, for nothing of kmod's is left to explain
or to check: they have kmod's help and take any text, and are started hundreds of times by one mkinitramfs. What click
would make of their command lines is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click

from modtools.getopt import BadUsage, Found, Line
from modtools.options import FILE, FOLDER, Operand, Option

_TYPES: Final = {
    "": click.STRING,
    FILE: click.Path(exists=True, dir_okay=False),
    FOLDER: click.Path(exists=True, file_okay=False),
}


def as_click(name: str, params: list[Option | Operand], about: str = "") -> click.Command:
    """A tool by its name, what it declares, and what it says about itself."""
    return click.Command(name, params=list(map(_param, params)), help=about, add_help_option=False)


def help_text(command: click.Command) -> str:
    """What --help prints."""
    return click.Context(command, info_name=f"pymod {command.name}").get_help() + "\n"


def usage(command: click.Command) -> str:
    """What may follow the tool's name."""
    return " ".join(command.collect_usage_pieces(click.Context(command)))


def values(command: click.Command, line: Line) -> dict[str, Any]:
    """What a tool gets for a command line. Raises BadUsage if click refuses it."""
    names = {str(param.name): param.opts[-1] for param in command.params}
    words = [*_canonical(line.options, names), "--", *line.operands]
    try:
        with command.make_context(command.name, words) as context:
            return context.params
    except click.UsageError as error:
        raise BadUsage(error.format_message()) from error


def _canonical(found: tuple[Found, ...], names: dict[str, str]) -> Iterator[str]:
    """The options in the form that click takes without doubt: full names, arguments with `=` or apart."""
    for key, value in found:
        name = names[key]
        if value is None:
            yield name
        elif name.startswith("--"):
            yield f"{name}={value}"
        else:
            yield from (name, value)


def _param(param: Option | Operand) -> click.Parameter:
    type_ = click.Choice(param.type) if isinstance(param.type, tuple) else _TYPES[param.type]
    if isinstance(param, Operand):
        attributes: dict[str, Any] = {"default": param.default} if param.default is not None else {}
        number = -1 if param.many else 1
        metavar = param.metavar or None
        return click.Argument(
            [param.key], type=type_, nargs=number, required=param.required, metavar=metavar, **attributes
        )
    attributes = {"help": param.help or None, "expose_value": param.exposed}
    if param.is_flag or param.counts:
        attributes |= {"is_flag": param.is_flag, "count": param.counts}
    else:
        attributes |= {"type": type_, "multiple": param.multiple, "metavar": param.metavar or None}
        attributes |= {"default": param.default} if param.default is not None else {}
    return click.Option([param.key, *param.opts], **attributes)
