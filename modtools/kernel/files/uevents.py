"""What may be written to a uevent file: an action, and words for those who listen, of whom there are none.

From Linux 6.1: `lib/kobject_uevent.c: kobject_synth_uevent(), kobject_action_type(), kobject_action_args()`.
"""

from __future__ import annotations

import re

from modtools.errors import KernelError
from modtools.kernel.log import WARNING
from modtools.kernel.state import Kernel
from modtools.linuxerrno import EINVAL

_ACTIONS = ("add", "remove", "change", "move", "online", "offline", "bind", "unbind")
_ARGUMENTS = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}( [0-9A-Za-z]+=[0-9A-Za-z]+)*")
"""A UUID, then any number of KEY=VALUE."""


def write(kernel: Kernel, path: str, text: str) -> None:
    """Take what is written to the uevent file of what lies at a path below /sys.

    Raises KernelError(EINVAL) for an action or words that are none, and logs it.
    """
    action, blank, arguments = re.sub(r"[\n\0]\Z", "", text).partition(" ")
    wrong = ""
    if action not in _ACTIONS:
        wrong = "unknown uevent action string"
    elif blank and not _ARGUMENTS.fullmatch(arguments):
        wrong = "incorrect uevent action arguments"
    if wrong:
        kernel.printk(WARNING, f"synth uevent: {path}: {wrong}")
        raise KernelError(EINVAL)
