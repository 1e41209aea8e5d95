"""kernel/sched/wait.c: Wait queues, and waking who waits."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.sched.core import default_wake_function
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, view
from modtools.emulate.tasks import signals, threads
from modtools.linuxerrno import ERESTARTSYS

_EXCLUSIVE, _WOKEN = 1, 2
_SYNC = 0x10

_MOST_WAITERS = 10_000


def _head(guest: Guest, queue: int) -> int:
    """Return the address of the list_head of a wait queue."""
    return queue + offset_of(guest, "wait_queue_head", "head")


def _link(guest: Guest, entry: int) -> int:
    """Return the address of the list_head of an entry of a wait queue."""
    return entry + offset_of(guest, "wait_queue_entry", "entry")


@function("void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name, struct lock_class_key *key)")
def init_waitqueue_head(guest: Guest, queue: int, _name: int, _key: int) -> None:
    """Initialise a wait queue as empty."""
    guest.memory.put(queue, 0, 8)
    listhead.init(guest, _head(guest, queue))


def _linked(guest: Guest, entry: int) -> bool:
    return guest.memory.u64(entry) not in (0, entry)


def _mark(guest: Guest, entry: int, *, exclusive: bool) -> None:
    row = view(guest, "wait_queue_entry", entry)
    row.flags = row.flags & ~_EXCLUSIVE | (_EXCLUSIVE if exclusive else 0)


def _add(guest: Guest, queue: int, entry: int, *, exclusive: bool) -> None:
    _mark(guest, entry, exclusive=exclusive)
    add = listhead.add_tail if exclusive else listhead.add
    add(guest, _link(guest, entry), _head(guest, queue))


@function("void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)")
def add_wait_queue(guest: Guest, queue: int, entry: int) -> None:
    """Put an entry at the front of a wait queue."""
    _add(guest, queue, entry, exclusive=False)


@function("void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)")
def add_wait_queue_exclusive(guest: Guest, queue: int, entry: int) -> None:
    """Put an entry at the end of a wait queue; of these only some are woken at a time."""
    _add(guest, queue, entry, exclusive=True)


@function("void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)")
def remove_wait_queue(guest: Guest, _queue: int, entry: int) -> None:
    """Take an entry out of its wait queue."""
    listhead.delete(guest, _link(guest, entry))


@function("void init_wait_entry(struct wait_queue_entry *wq_entry, int flags)")
def init_wait_entry(guest: Guest, entry: int, flags: int) -> None:
    """Initialise an entry for the current task, which leaves the queue when it is woken."""
    row = view(guest, "wait_queue_entry", entry)
    row.flags, row.private = flags, threads.current(guest)
    row.func = guest.address_of("autoremove_wake_function")
    listhead.init(guest, _link(guest, entry))


@function("void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state)")
def prepare_to_wait(guest: Guest, queue: int, entry: int, state: int) -> None:
    """Put an entry at the front of a wait queue, unless it is in one, and let the current task sleep from the next
    schedule() on.
    """
    _prepare(guest, queue, entry, state, exclusive=False)


@function(
    "bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state)"
)
def prepare_to_wait_exclusive(guest: Guest, queue: int, entry: int, state: int) -> bool:
    """Put an entry at the end of a wait queue, where only some are woken at a time, unless it is in one, and let the
    current task sleep from the next schedule() on; return whether it is the first one there.
    """
    head = _head(guest, queue)
    first = not _linked(guest, _link(guest, entry)) and not _linked(guest, head)
    _prepare(guest, queue, entry, state, exclusive=True)
    return first


def _prepare(guest: Guest, queue: int, entry: int, state: int, *, exclusive: bool) -> None:
    _mark(guest, entry, exclusive=exclusive)
    if not _linked(guest, _link(guest, entry)):
        _add(guest, queue, entry, exclusive=exclusive)
    threads.set_state(guest, state)


@function("long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state)")
def prepare_to_wait_event(guest: Guest, queue: int, entry: int, state: int) -> int:
    """Put an entry into a wait queue as `prepare_to_wait()`, or `prepare_to_wait_exclusive()` where it is marked so,
    and return 0; if a signal ends the wait, take it out and return -ERESTARTSYS.
    """
    if signals.ends_wait(guest, state):
        if _linked(guest, _link(guest, entry)):
            listhead.delete(guest, _link(guest, entry))
        return -ERESTARTSYS
    exclusive = bool(view(guest, "wait_queue_entry", entry).flags & _EXCLUSIVE)
    _prepare(guest, queue, entry, state, exclusive=exclusive)
    return 0


@function("void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)")
def finish_wait(guest: Guest, _queue: int, entry: int) -> None:
    """Let the current task run again and take its entry out of the wait queue."""
    threads.set_state(guest, 0)
    if _linked(guest, _link(guest, entry)):
        listhead.delete(guest, _link(guest, entry))


@function("int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned mode, int sync, void *key)")
def autoremove_wake_function(guest: Guest, entry: int, mode: int, flags: int, key: int) -> bool:
    """Wake the task of an entry and take the entry out of the wait queue; return whether it slept."""
    woken = bool(default_wake_function(guest, entry, mode, flags, key))
    if woken:
        listhead.delete(guest, _link(guest, entry))
    return woken


def _entries(guest: Guest, queue: int) -> Iterator[int]:
    """Yield the entries of a wait queue; the next one is looked up first, because an entry may leave."""
    head = _head(guest, queue)
    at, link = guest.memory.u64(head), _link(guest, 0)
    for _ in range(_MOST_WAITERS):
        if at in (head, 0):
            return
        following = guest.memory.u64(at)
        yield at - link
        at = following


def wake(guest: Guest, queue: int, mode: int, count: int, key: int, sync: int = 0) -> None:
    """Call the functions of a wait queue's entries, up to `count` exclusive ones that were woken (0: all)."""
    for entry in _entries(guest, queue):
        row = view(guest, "wait_queue_entry", entry)
        flags = row.flags
        woken = guest.call_signed(row.func, entry, mode, sync, key)
        if woken < 0:
            return
        if woken and flags & _EXCLUSIVE:
            count -= 1
            if not count:
                return


@function("int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr_exclusive, void *key)")
def wake_up(guest: Guest, queue: int, mode: int, count: int, key: int) -> int:
    """Wake the waiters of a queue, up to `nr_exclusive` exclusive ones (0: all); return 0."""
    wake(guest, queue, mode, count, key)
    return 0


@function(
    "void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)",
    "void __wake_up_locked_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)",
)
def wake_up_sync_key(guest: Guest, queue: int, mode: int, key: int) -> None:
    """Wake the waiters of a queue with a key, up to one exclusive, told that the caller is about to sleep."""
    wake(guest, queue, mode, 1, key, _SYNC)


@function("void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)")
def wake_up_key(guest: Guest, queue: int, mode: int, key: int) -> None:
    """Wake the waiters of a queue with a key, up to one exclusive."""
    wake(guest, queue, mode, 1, key)


@function("void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode)")
def wake_up_sync(guest: Guest, queue: int, mode: int) -> None:
    """Wake the waiters of a queue, up to one exclusive, and tell that the caller will sleep."""
    wake(guest, queue, mode, 1, 0, _SYNC)


@function("void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr)")
def wake_up_locked(guest: Guest, queue: int, mode: int, count: int) -> None:
    """Wake the waiters of a queue, whose lock the caller holds, up to `nr` exclusive ones."""
    wake(guest, queue, mode, count, 0)


@function("int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned mode, int flags, void *key)")
def woken_wake_function(guest: Guest, entry: int, mode: int, flags: int, key: int) -> bool:
    """Note in an entry that it was woken, and wake its task; return whether it slept."""
    view(guest, "wait_queue_entry", entry).flags |= _WOKEN
    return bool(default_wake_function(guest, entry, mode, flags, key))
