"""Programs that the kernel starts: `kernel/umh.c` and `kernel/kmod.c` of Linux 6.1.

Table `programs`: "queue": [program, words] of each that nobody waits for, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from modtools.emulate.stops import Needs
from modtools.emulate.tasks import signals
from modtools.errors import KernelError
from modtools.kernel.files.switches import modprobe_path
from modtools.kernel.log import WARNING
from modtools.kernel.userspace import NeverEnds, NotExecutable, NotRun
from modtools.linuxerrno import ENAMETOOLONG, ENOENT, ERESTARTSYS, ETIME
from modtools.names import MODULE_NAME_LEN

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


MOST = 50
"""How many requests for modules may wait at once, MAX_KMOD_CONCURRENT."""
_SECONDS = 5
_TEXT = {*b"\t\n", *range(0x20, 0x7F)}
"""What printable() in `fs/exec.c` takes for text."""


def request(guest: Guest, text: bytes, *, wait: bool = True) -> int:
    """Ask for a module by its name or an alias; return the status of modprobe as wait(2) tells it, or an error."""
    program = modprobe_path(guest.kernel)
    if not program:
        return -ENOENT
    if len(text) >= MODULE_NAME_LEN:
        return -ENAMETOOLONG
    name = text.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    if guest.programs >= MOST:
        return _too_many(guest, name)
    run = execute if wait else start
    return run(guest, program, ("-q", "--", name))


def _too_many(guest: Guest, name: str) -> int:
    """Wait in vain for one of the others to end, which wait for this one."""
    if guest.kernel.identity.features.tells_throttling:
        now = f"request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: {MOST}), for module {name}"
        guest.log(WARNING, f"{now}, throttling...")
    guest.pass_time(_SECONDS * 1_000_000_000)
    busy = f"kmod busy with {MOST} threads for more than {_SECONDS} seconds now"
    guest.log(WARNING, f"request_module: modprobe {name} cannot be processed, {busy}")
    return -ETIME


def execute(guest: Guest, program: str, words: Sequence[str]) -> int:
    """Run a program and wait for its end; return its status as wait(2) tells it, or why it cannot be executed.

    Only a signal that kills ends the wait for one that waits itself for the caller, with -ERESTARTSYS. Whoever waits
    outermost gets it, and the others would go on after that, which they cannot here.
    """
    if guest.kernel.userspace is None:
        return -ENOENT
    try:
        with guest.another_process():
            return _run(guest, program, words)
    except KernelError as error:
        return -error.errno
    except NotRun as needed:
        raise Needs(str(needed)) from None
    except NeverEnds:
        if guest.programs:
            raise Needs(f"an end of {program} {' '.join(words)}, which waits for a module that waits for it") from None
    guest.wait_until(lambda: False, state=signals.KILLABLE)
    return -ERESTARTSYS


def _run(guest: Guest, program: str, words: Sequence[str]) -> int:
    """Run a program, once more after a module for its format was asked for. Raises as `UserSpace.run` does."""
    userspace = guest.kernel.userspace
    assert userspace is not None
    try:
        return userspace.run(program, words)
    except NotExecutable as unknown:
        if _TEXT.issuperset(unknown.head[:4]):
            raise
        if request(guest, b"binfmt-%04x" % int.from_bytes(unknown.head[2:4], "little")) < 0:
            raise
    return userspace.run(program, words)


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
