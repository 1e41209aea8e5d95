"""shell: a shell in which the virtual machine is the machine."""

from __future__ import annotations

import sys

from modtools.command import Call, command, operand
from modtools.report import Message, Report


@command()
@operand("command", many=True, metavar="[-- COMMAND...]")
def tool(call: Call, *, command: tuple[str, ...]) -> Report:
    """Open a shell in which /proc, /sys, /dev and /lib/modules are the virtual machine's, or run COMMAND in it.

    There insmod, rmmod, lsmod, modprobe, depmod, modinfo, dmesg, uname, mknod and sudo are right by name, and every
    program works with the files that modules make. It needs Linux and FUSE, but not root. The machine stays as it is
    when the shell ends.
    """
    from modtools.shell import session

    if reason := session.why_not():
        return Report((Message(reason, "ERROR"),), status=1)
    links = [sys.executable, "-P", "-m", "modtools", "links"]
    return Report(status=session.run(call.place, command, links))
