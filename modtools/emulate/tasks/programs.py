"""Programs that the kernel starts: `kernel/umh.c` of Linux 6.1.

Table `programs`: "queue": [program, words] of each that nobody waits for, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from modtools.emulate.stops import Needs
from modtools.emulate.tasks import signals
from modtools.errors import KernelError
from modtools.kernel.userspace import NeverEnds, NotRun
from modtools.linuxerrno import ENOENT, ERESTARTSYS

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def execute(guest: Guest, program: str, words: Sequence[str]) -> int:
    """Run a program and wait for its end; return its status as wait(2) tells it, or why it cannot be executed.

    Only a signal that kills ends the wait for one that waits itself for the caller, with -ERESTARTSYS.
    """
    kernel = guest.kernel
    if kernel.userspace is None:
        return -ENOENT
    try:
        with guest.another_process():
            return kernel.userspace.run(program, words)
    except KernelError as error:
        return -error.errno
    except NotRun as needed:
        raise Needs(str(needed)) from None
    except NeverEnds:
        pass
    guest.wait_until(lambda: False, state=signals.KILLABLE)
    return -ERESTARTSYS


def start(guest: Guest, program: str, words: Sequence[str]) -> int:
    """Start a program that nobody waits for: it runs when the caller waits, or is done. Return 0 or an error."""
    if guest.kernel.userspace is None:
        return -ENOENT
    guest.table("programs").setdefault("queue", []).append([program, list(words)])
    return 0


def run_next(guest: Guest) -> bool:
    """Run the program that was started first, if any was; return whether there was one."""
    queue = guest.table("programs").get("queue")
    if not queue:
        return False
    program, words = queue.pop(0)
    execute(guest, program, words)
    return True
