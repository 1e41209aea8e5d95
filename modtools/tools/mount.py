"""mount: show what is mounted, or mount /proc, /sys or /sys/kernel/debug again. Its words are BusyBox's."""

from __future__ import annotations

from modtools.command import Call, command, operand
from modtools.errors import KernelError
from modtools.kernel.files import mounts
from modtools.linuxerrno import strerror
from modtools.report import Message, Report, Table
from modtools.store import Store


@command(lists=True)
@operand("places", many=True)
def tool(call: Call, *, places: tuple[str, ...]) -> Report:
    """Show what is mounted in the virtual machine, or mount PLACES again after umount."""
    store = Store(call.place.state)
    if not places:
        rows = [{"place": place, "kind": kind} for place, kind in mounts.mounted(store.read()).items()]
        return Report((Table("mounts", rows, "{kind} on {place} type {kind} (rw)"),))
    messages = []
    with store.transaction() as kernel:
        for place in places:
            try:
                mounts.mount(kernel, place.rstrip("/") or "/")
            except KernelError as error:
                messages.append(Message(f"mounting {place} failed: {strerror(error.errno)}", level=""))
    return Report(tuple(messages), status=int(bool(messages)))
