"""kmod: the command behind the links, for scripts that call it by that name.

From kmod 34: `tools/kmod.c`, `tools/lsmod.c: kmod_cmd_list`, `tools/static-nodes.c`, kmod(8).
"""

from __future__ import annotations

from collections.abc import Sequence

from modtools import render
from modtools.command import KMOD_VERSION, Call
from modtools.getopt import BadUsage, CommandLine, Switch, scan
from modtools.report import Message, Part, Report, Text

HELP = """\
kmod - Manage kernel modules: list, load, unload, etc
Usage:
\t{name} [options] command [command_options]

Options:
\t-V, --version     show version
\t-h, --help        show this help

Commands:
  help         show help message
  list         list currently loaded modules
  static-nodes output the static-node information installed with the currently running kernel

kmod also handles gracefully if called from following symlinks:
  lsmod        compat lsmod command
  rmmod        compat rmmod command
  insmod       compat insmod command
  modinfo      compat modinfo command
  modprobe     compat modprobe command
  depmod       compat depmod command
"""

SWITCHES = (Switch("help", "h", ("help",)), Switch("version", "V", ("version",)))


def run(words: Sequence[str], call: Call) -> int:
    """Read the words up to the command, and run it. Returns the exit status."""
    try:
        line = scan(words, SWITCHES, operands_end=True, stop=lambda _: True)
    except BadUsage as error:
        return _show(call, Message(str(error), level=""), status=1)
    if line.stopped:
        version = line.options[-1].key == "version"
        return _show(call, Text(KMOD_VERSION) if version else _help(call))
    if not line.operands:
        return _show(call, Message("missing command", bare=True), _help(call), status=1)
    return _command(line, call)


def _command(line: CommandLine, call: Call) -> int:
    name, *rest = line.operands
    if name == "help":
        return _show(call, _help(call))
    if name == "list":
        from modtools.tools import lsmod

        return lsmod.tool.run(rest, call._replace(called=name))
    if name == "static-nodes":
        from modtools.shared import static_nodes

        return static_nodes.tool.run(rest, call._replace(called=name))
    return _show(call, Message(f"invalid command '{name}'", bare=True), _help(call), status=1)


def _help(call: Call) -> Text:
    return Text(HELP.replace("{name}", call.name))


def _show(call: Call, *parts: Part, status: int = 0) -> int:
    return render.show(Report(parts, status), render.Style(call.name, linked=call.linked))
