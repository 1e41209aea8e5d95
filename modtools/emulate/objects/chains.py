"""Chains of notifiers: functions that are told when something happens, in the order of their priorities.

From Linux 6.1: `kernel/notifier.c`. A chain is the address of a pointer to its first block. The table `notifier_heads`
has those of the kernel's own by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import offset_of, view
from modtools.linuxerrno import ENOENT

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_STOP, _OK = 0x8000, 1
_ALL = 1 << 32
"""As many as there are."""


def insert(guest: Guest, head: int, block: int) -> int:
    """Insert a block into a chain by priority, behind those of the same one; return 0."""
    memory, row = guest.memory, view(guest, "notifier_block", block)
    at, following = head, offset_of(guest, "notifier_block", "next")
    while (other := memory.u64(at)) != 0:
        if other == block:
            raise Needs("notifier callback already registered")
        if row.priority > view(guest, "notifier_block", other).priority:
            break
        at = other + following
    row.next = other
    memory.put(at, block, 8)
    return 0


def remove(guest: Guest, head: int, block: int) -> int:
    """Take a block out of a chain; return 0, or -ENOENT if it is not there."""
    memory = guest.memory
    at, following = head, offset_of(guest, "notifier_block", "next")
    while (other := memory.u64(at)) != 0:
        if other == block:
            memory.put(at, view(guest, "notifier_block", block).next, 8)
            return 0
        at = other + following
    return -ENOENT


def call(guest: Guest, head: int, event: int, data: int, *, most: int = _ALL) -> int:
    """Call the blocks of a chain, at most so many, until one answers NOTIFY_STOP; return the last answer."""
    return _call(guest, head, event, data, most)[0]


def _call(guest: Guest, head: int, event: int, data: int, most: int) -> tuple[int, int]:
    """Return the last answer and how many blocks were called."""
    block, result, called = guest.memory.u64(head), 0, 0
    while block and called < most and not result & _STOP:
        row = view(guest, "notifier_block", block)
        block, result = row.next, guest.call_signed(row.notifier_call, block, event, data)
        called += 1
    return result, called


def call_robust(guest: Guest, head: int, events: tuple[int, int], data: int) -> int:
    """Call the blocks of a chain with the first event, and if one answers NOTIFY_STOP, those before it with the second;
    return the last answer to the first.
    """
    result, called = _call(guest, head, events[0], data, _ALL)
    if result & _STOP:
        call(guest, head, events[1], data, most=called - 1)
    return result


def as_errno(answer: int) -> int:
    """Return the error that an answer carries, 0 for none (`notifier_to_errno()`)."""
    return min(_OK - (answer & ~_STOP), 0)


def head_of(guest: Guest, chain: str) -> int:
    """Return the head of a chain of the kernel's own; make it at first use."""
    heads = guest.table("notifier_heads")
    if chain not in heads:
        heads[chain] = guest.heap.kmalloc(8)
    return int(heads[chain])
