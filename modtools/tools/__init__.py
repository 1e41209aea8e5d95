"""The tools of pymod, listed by hand, and the options that may stand before a tool's name.

Only the module of the tool that is called is imported.
"""

from __future__ import annotations

import sys

from modtools.light import TYPE_CHECKING
from modtools.options import new_option
from modtools.shared import HOLDER as HOLDER
from modtools.shared import KMOD_TOOLS as KMOD_TOOLS

if TYPE_CHECKING:
    from typing import Final

    from modtools.command import Tool


TOOLS: Final = {
    "insmod": "Load a module from its file.",
    "rmmod": "Remove modules.",
    "lsmod": "List the loaded modules.",
    "modprobe": "Load a module by name with all that it needs, or remove it.",
    "depmod": "Write the index files of a module tree.",
    "modinfo": "Show what a module file says about itself.",
    "boot": "Start the virtual kernel afresh, or another one in its place.",
    "status": "Show which kernel runs, its taint, and where its files are.",
    "dmesg": "Show or clear the kernel log.",
    "cat": "Print files of the machine: /proc, /sys, or under its root.",
    "ls": "List folders of the machine: /proc, /sys, or under its root.",
    "write": "Write to a file of /proc or /sys, such as a module's parameter.",
    "open": "Hold a file of a module's open for the commands that follow.",
    "close": "Close files that are held open.",
    "ioctl": "Make a request of a driver.",
    "mknod": "Make a node in /dev for a character device.",
    "shell": "Open a shell in which the virtual machine is the machine.",
    "tick": "Advance the virtual kernel's clock and run what is due.",
    "irq": "Raise an interrupt line, as hardware would.",
    "input": "Let an input device send events, as its hardware would.",
    "umount": "Unmount /proc or /sys, to test programs without them.",
    "mount": "Show what is mounted, or mount it again.",
    "symvers": "Print the Module.symvers lines of module files.",
    "closure": "List every file that an image needs for some modules.",
    "why": "Tell who brings a module in, or what keeps it out.",
    "graph": "Show which modules need which, as a tree or a picture.",
    "explain": "Explain a line of dmesg, of a module tool or of a build.",
    "root": "Print the folder that stands for the machine's /.",
    "uname": "Print the virtual kernel's release.",
    "check": "Tell whether modules load on a kernel, and if not, why.",
    "diff": "Tell what differs between two kernels, and which modules break.",
    "links": "Make links named insmod, rmmod, ... in a folder.",
    "completion": "Print a script that makes a shell complete words.",
}
"""Each tool and what it is for."""

_ELSEWHERE: Final = {"completion": "modtools.completion.command"}
"""The modules of tools that are not in this package; the others are named as their tool."""

OPTIONS: Final = (
    new_option("--state", metavar="FILE", help="Keep the virtual kernel in FILE ($PYMOD_STATE)."),
    new_option("--root", metavar="DIR", help="Let DIR stand for the machine's / ($PYMOD_ROOT)."),
    new_option("--kernel", metavar="KERNEL", multiple=True, help="Use this kernel (see boot) and keep nothing."),
    new_option("-V", "--version", is_flag=True, help="Show pymod's version.", ends=True, exposed=False),
    new_option("-h", "--help", is_flag=True, help="Show this help.", ends=True, exposed=False),
)
"""The options of pymod itself: `pymod [OPTIONS] TOOL ...`."""


def load(name: str) -> Tool:
    """Import a tool's module and return the tool. `name` is one of TOOLS."""
    module = _ELSEWHERE.get(name, f"modtools.tools.{name}")
    __import__(module)  # importlib would be another import
    tool: Tool = sys.modules[module].tool
    return tool
