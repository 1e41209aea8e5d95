"""umount: unmount /proc, /sys or /sys/kernel/debug. Its words are BusyBox's."""

from __future__ import annotations

from modtools.command import Call, command, operand
from modtools.errors import KernelError
from modtools.kernel.files import mounts
from modtools.linuxerrno import strerror
from modtools.report import Message, Report
from modtools.store import Store


@command()
@operand("places", many=True, required=True)
def tool(call: Call, *, places: tuple[str, ...]) -> Report:
    """Unmount /proc, /sys or /sys/kernel/debug of the virtual machine, to test programs that depend on them."""
    messages = []
    with Store(call.place.state).transaction() as kernel:
        for place in places:
            try:
                mounts.umount(kernel, place.rstrip("/") or "/")
            except KernelError as error:
                messages.append(Message(f"can't unmount {place}: {strerror(error.errno)}", level=""))
    return Report(tuple(messages), status=int(bool(messages)))
