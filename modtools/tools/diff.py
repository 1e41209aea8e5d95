"""diff: what differs between two kernels and their module trees, and which modules load only on the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from modtools import render
from modtools.boot import Folders
from modtools.command import Call, command, operand, option
from modtools.diagnose.difference import Request, answer
from modtools.diagnose.request import Machine
from modtools.errors import PymodError
from modtools.options import FOLDER
from modtools.report import Field, Fields, Message, Part, Report, Table, Text
from modtools.reports.difference import text
from modtools.store import Store

USAGE = 2
"""Exit status for what was named wrongly: nothing was compared then."""


@command(lists=True, misused=USAGE)
@option("--tree-a", type=FOLDER, metavar="DIR", help="The module tree of KERNEL-A; else the machine's, if it has one.")
@option("--tree-b", type=FOLDER, metavar="DIR", help="The module tree of KERNEL-B; else the machine's, if it has one.")
@option("-v", "--verbose", is_flag=True, help="Show all changes, and not only the first of each kind.")
@operand("kernel_a", metavar="KERNEL-A")
@operand("kernel_b", metavar="KERNEL-B")
@operand("modules", many=True, metavar="[MODULE]...")
def tool(
    call: Call,
    *,
    kernel_a: str,
    kernel_b: str,
    modules: Sequence[str],
    tree_a: str | None,
    tree_b: str | None,
    verbose: bool,
) -> Report:
    """Tell what differs between two kernels, and which modules break.

    Of symbols: what is exported or is not any more, and what has another licence class, namespace or CRC. Of module
    trees: modules, what is built in, aliases that lose their driver, firmware, parameters. MODULE is what check takes;
    a name means its file in the tree of KERNEL-A. Exit status: 1, a MODULE is refused by KERNEL-B and not by KERNEL-A;
    0, none is; 2, usage or an error.
    """
    place = call.place
    folders = Folders(place.image_cache, place.saved_kernels)
    machine = Machine(Store(place.state), folders, str(place.root).rstrip("/"), place.disk)
    try:
        request = Request((kernel_a, kernel_b), modules, (tree_a, tree_b))
        with render.progress("Reading modules", hidden=call.as_json) as progress:
            made = answer(request, machine, progress)
    except PymodError as error:
        return Report((Message(str(error)),), status=USAGE)
    notes = [Message(message["text"], message["level"].upper()) for message in made["messages"]]
    parts = _parts(made) if call.as_json else (Text(text(made, whole=verbose)),)
    return Report((*parts, *notes), status=made["exit_status"])


def _parts(made: Mapping[str, Any]) -> Iterator[Part]:
    """Yield the document as JSON has it."""
    for name, value in made.items():
        if name in ("messages", "exit_status"):
            continue
        if isinstance(value, Mapping):
            yield Fields(name, [Field(key, key, content) for key, content in value.items()])
        elif value is not None:
            yield Table(name, value, "")
