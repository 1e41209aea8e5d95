"""cat: print files of the machine.

The words are those of busybox 1.35: `libbb/wfopen_input.c`, `libbb/copyfd.c`.
"""

from __future__ import annotations

import stat

import click

from modtools.command import Call, Tool
from modtools.errors import KernelError
from modtools.kernel.files import READ
from modtools.linuxerrno import EISDIR
from modtools.report import Message, Report, Text
from modtools.store import Store
from modtools.tools.machine import Machine
from modtools.tools.wording import strerror


@click.command(cls=Tool)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
def tool(call: Call, *, paths: tuple[str, ...]) -> Report:
    """Print files of the machine, one after another: of /proc and /sys, or from the folder that stands for its /."""
    machine = Machine(Store(call.place.state).read(), call.place)
    parts = [_content(machine, path) for path in paths]
    return Report(parts, status=int(any(isinstance(part, Message) for part in parts)))


def _content(machine: Machine, path: str) -> Text | Message:
    try:
        node = machine.allow(machine.node(path), READ)
    except KernelError as error:
        return Message(f"can't open '{path}': {strerror(error.errno)}", level="")
    try:
        if stat.S_ISDIR(node.mode):
            raise KernelError(EISDIR)
        return Text(node.read())
    except KernelError as error:
        return Message(f"read error: {strerror(error.errno)}", level="")
