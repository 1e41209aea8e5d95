"""uname: print which kernel is running.

From coreutils 9.1: `src/uname.c`, the order of what -a prints. /proc/version has the build's version in it.
"""

from __future__ import annotations

import re

from modtools.command import Call, command, option
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import Kernel
from modtools.report import Report, Text
from modtools.store import Store


@command()
@option("-a", "--all", "everything", is_flag=True, help="Print all of these.")
@option("-s", "--kernel-name", "kernel", is_flag=True, help="Print the kernel's name.")
@option("-n", "--nodename", is_flag=True, help="Print the machine's name.")
@option("-r", "--kernel-release", "release", is_flag=True, help="Print the release (the default).")
@option("-v", "--kernel-version", "version", is_flag=True, help="Print the version of this build.")
@option("-m", "--machine", is_flag=True, help="Print the processor's name.")
@option("-o", "--operating-system", "system", is_flag=True, help="Print the operating system.")
def tool(call: Call, *, everything: bool, **wanted: bool) -> Report:
    """Print the virtual kernel's release, or more about it."""
    values = _values(Store(call.place.state).read())
    if not any(wanted.values()):
        wanted["release"] = True
    return Report((Text(" ".join(value for key, value in values.items() if everything or wanted[key]) + "\n"),))


def _values(kernel: Kernel) -> dict[str, str]:
    """Return what uname(2) tells, in the order of `uname -a`."""
    build = re.search(r"#\d.*", kernel.identity.version)
    return {
        "kernel": "Linux",
        "nodename": lookup(kernel, "/proc/sys/kernel/hostname").read().decode().strip(),
        "release": kernel.identity.release,
        "version": build[0] if build else "#1",
        "machine": kernel.identity.machine,
        "system": "GNU/Linux",
    }
