"""shell: a shell in which the virtual machine is the machine."""

from __future__ import annotations

import sys

from modtools.command import Call, command, operand, option
from modtools.report import Message, Report


@command()
@option(
    "-j", "--join", is_flag=True, help="Enter the shell that was opened last on this machine, as in a second terminal."
)
@option("-r", "--realtime", is_flag=True, help="Let the machine's time pass as the host's while the shell is open.")
@operand("command", many=True, metavar="[-- COMMAND...]")
def tool(call: Call, *, join: bool, realtime: bool, command: tuple[str, ...]) -> Report:
    """Open a shell in which /proc, /sys, /dev and /lib/modules are the virtual machine's, or run COMMAND in it.

    There insmod, rmmod, lsmod, modprobe, depmod, modinfo, dmesg, uname, mknod and sudo are right by name, and every
    program works with the files that modules make. It needs Linux and FUSE, but not root. The machine stays as it is
    when the shell ends, the last one where others have joined it. Its time passes while code of modules waits.
    """
    from modtools.shell import session

    if reason := session.why_not():
        return Report((Message(reason, "ERROR"),), status=1)
    links = [sys.executable, "-P", "-m", "modtools", "links"]
    options = session.Options(command, links, join=join, realtime=realtime)
    return Report(status=session.run(call.place, options))
