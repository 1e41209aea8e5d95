"""fs/select.c: Programs that wait for one of several files.

Each that waits is an entry in the driver's wait queues, which is kept with the open file (`watch`) until the driver
wakes it, or the file is polled again or closed. Whoever serves the program is told then: `woken`.
"""

from __future__ import annotations

from modtools.emulate.files import openfiles
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.sched.wait import add_wait_queue
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view


@function("void __pollwait(struct file *filp, wait_queue_head_t *wait_address, poll_table *p)")
def pollwait(guest: Guest, file: int, queue: int, table: int) -> None:
    """Put whoever polls a file into a wait queue."""
    row = openfiles.of_file(guest, file)
    if row is None:
        return
    entry = new(guest, "wait_queue_entry")
    entry.func, entry.private = guest.address_of("pollwake"), file
    add_wait_queue(guest, queue, entry.address())
    row["watch"] = [*row.get("watch", []), entry.address()]
    row["events"] = view(guest, "poll_table_struct", table)._key


@function("int pollwake(wait_queue_entry_t *wait, unsigned mode, int sync, void *key)")
def pollwake(guest: Guest, entry: int, _mode: int, _sync: int, key: int) -> bool:
    """Note that whoever polls a file is to look again, if one of the events that it waits for may have come."""
    row = openfiles.of_file(guest, view(guest, "wait_queue_entry", entry).private)
    if row is None or (key and not key & row["events"]):
        return False
    row["woken"] = 1
    return True
