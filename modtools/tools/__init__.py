"""The tools of pymod, listed by hand, and the options that may stand before a tool's name.

Only the module of the tool that is called is imported.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final, NamedTuple

from modtools.options import made

if TYPE_CHECKING:
    from modtools.command import Tool


class Entry(NamedTuple):
    """A tool: the module that has it (as `tool`), and what it is for."""

    module: str
    summary: str


TOOLS: Final = {
    "insmod": Entry("modtools.tools.insmod", "Load a module from its file."),
    "rmmod": Entry("modtools.tools.rmmod", "Remove modules."),
    "lsmod": Entry("modtools.tools.lsmod", "List the loaded modules."),
    "modprobe": Entry("modtools.tools.modprobe", "Load a module by name with all that it needs, or remove it."),
    "depmod": Entry("modtools.tools.depmod", "Write the index files of a module tree."),
    "modinfo": Entry("modtools.tools.modinfo", "Show what a module file says about itself."),
    "boot": Entry("modtools.tools.boot", "Start the virtual kernel afresh, or another one in its place."),
    "status": Entry("modtools.tools.status", "Show which kernel runs, its taint, and where its files are."),
    "dmesg": Entry("modtools.tools.dmesg", "Show or clear the kernel log."),
    "cat": Entry("modtools.tools.cat", "Print files of the machine: /proc, /sys, or under its root."),
    "ls": Entry("modtools.tools.ls", "List folders of the machine: /proc, /sys, or under its root."),
    "write": Entry("modtools.tools.write", "Write to a file of /proc or /sys, such as a module's parameter."),
    "tick": Entry("modtools.tools.tick", "Advance the virtual kernel's clock and run what is due."),
    "umount": Entry("modtools.tools.umount", "Unmount /proc or /sys, to test programs without them."),
    "mount": Entry("modtools.tools.mount", "Show what is mounted, or mount it again."),
    "symvers": Entry("modtools.tools.symvers", "Print the Module.symvers lines of module files."),
    "root": Entry("modtools.tools.root", "Print the folder that stands for the machine's /."),
    "uname": Entry("modtools.tools.uname", "Print the virtual kernel's release."),
    "links": Entry("modtools.tools.links", "Make links named insmod, rmmod, ... in a folder."),
    "completion": Entry("modtools.completion.command", "Print a script that makes a shell complete words."),
}

KMOD_TOOLS: Final = ("insmod", "rmmod", "lsmod", "modprobe", "depmod", "modinfo")
"""The tools that kmod installs as links to itself (kmod 34: `tools/kmod.c`), and `pymod links` as links to pymod."""

OPTIONS: Final = (
    made("--state", metavar="FILE", help="Keep the virtual kernel in FILE ($PYMOD_STATE)."),
    made("--root", metavar="DIR", help="Let DIR stand for the machine's / ($PYMOD_ROOT)."),
    made("-V", "--version", is_flag=True, help="Show pymod's version.", ends=True, exposed=False),
    made("-h", "--help", is_flag=True, help="Show this help.", ends=True, exposed=False),
)
"""The options of pymod itself: `pymod [OPTIONS] TOOL ...`."""


def load(name: str) -> Tool:
    """Import a tool's module and return the tool. `name` is one of TOOLS."""
    tool: Tool = importlib.import_module(TOOLS[name].module).tool
    return tool
