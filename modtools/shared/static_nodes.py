"""kmod static-nodes: the device nodes whose opening loads a module.

From kmod 34: `tools/static-nodes.c`, and for the file modules.devname depmod(8). Each line of it is
`MODULE NODE cMAJOR:MINOR`, with b for c if it is a block device; lines that begin with # do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from modtools.command import Call, command, operand, option
from modtools.report import Message, Report, Text
from modtools.store import Store

HELP = """\
Usage:
\t{name} static-nodes [options]

kmod static-nodes outputs the static-node information of the currently running kernel.

Options:
\t-f, --format=FORMAT  choose format to use: see "Formats"
\t-o, --output=FILE    write output to file
\t-h, --help           show this help

Formats:
\thuman        (default) a human readable format. Do not parse.
\ttmpfiles     the tmpfiles.d(5) format used by systemd-tmpfiles.
\tdevname      the modules.devname format.
"""

HUMAN = (
    "Module: {module}\n\tDevice node: /dev/{node}\n\t\tType: {kind} device\n\t\tMajor: {major}\n\t\tMinor: {minor}\n"
)
FORMATS = {
    "human": HUMAN,
    "tmpfiles": "{folder}{type}! /dev/{node} 0600 - - - {major}:{minor}\n",
    "devname": "{module} {node} {type}{major}:{minor}\n",
}

_LINE = re.compile(r"\s*(\S+)\s+(\S+)\s*([bc])\s*(\d+):\s*(\d+)")


@command(kmod_help=HELP, version=False)
@option("-o", "--output", metavar="FILE")
@option("-f", "--format", "form", metavar="FORMAT", default="human")
@operand("words", many=True)
def tool(call: Call, *, output: str | None, form: str, words: tuple[str, ...]) -> Report:  # noqa: ARG001  # kmod passes over them
    """Show modules.devname in a form for people, for systemd-tmpfiles or for programs."""
    if form not in FORMATS:
        return Report(
            (Message(f"'{form}'.", "", "Unknown format"), Text(tool.help_text(call.name, linked=call.linked))), status=1
        )
    path = _path(call)
    try:
        lines = call.place.disk.read(path).decode("utf-8", "surrogateescape").splitlines(keepends=True)
    except FileNotFoundError:
        return Report((Message(f"{path} not found - ignoring", "", "Warning"),))
    except OSError as error:
        return Report((Message(f"could not open {path} - {error.strerror}", "", "Error"),), status=1)
    found = list(_nodes(lines))
    wrong = tuple(Message(f"invalid devname entry: {line}", "", "Error") for line in found if isinstance(line, str))
    text = "".join(FORMATS[form].format_map(node) for node in found if isinstance(node, dict))
    if output is None:
        return Report((Text(text), *wrong), status=int(bool(wrong)))
    try:
        Path(output).parent.mkdir(parents=True, exist_ok=True)
        Path(output).write_text(text, "utf-8", "surrogateescape", newline="\n")
    except OSError as error:
        return Report((Message(f"could not create {output} - {error.strerror}", "", "Error"),), status=1)
    return Report(wrong, status=int(bool(wrong)))


def _path(call: Call) -> str:
    virtual = "" if call.place.standalone else Store(call.place.state).read().identity.release
    return str(call.place.root / "lib/modules" / call.place.release(virtual) / "modules.devname")


def _nodes(lines: list[str]) -> Iterator[dict[str, str] | str]:
    """Yield what each line says, or the line itself where it says nothing."""
    for line in lines:
        match = _LINE.match(line)
        if line.startswith("#"):
            continue
        if match is None:
            yield line.rstrip("\n")
            continue
        module, node, kind, major, minor = match.groups()
        folder = node.rpartition("/")[0]
        yield {
            "module": module,
            "node": node,
            "type": kind,
            "kind": "character" if kind == "c" else "block",
            "major": str(int(major)),
            "minor": str(int(minor)),
            "folder": f"d /dev/{folder} 0755 - - -\n" if "/" in node else "",
        }
