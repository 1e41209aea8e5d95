"""kernel/notifier.c: Chains of functions that are told when something happens.

A chain is the address of a pointer to its first block. The chains of the kernel's own (reboot, suspend, ...) are never
told anything: nothing of that happens here.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, view
from modtools.linuxerrno import ENOENT

_STOP = 0x8000
_RAW, _ATOMIC, _BLOCKING = "raw_notifier_head", "atomic_notifier_head", "blocking_notifier_head"


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


def call(guest: Guest, head: int, event: int, data: int) -> int:
    """Call all blocks of a chain until one answers NOTIFY_STOP; return the last answer."""
    block, result = guest.memory.u64(head), 0
    while block:
        row = view(guest, "notifier_block", block)
        following = row.next
        result = guest.call_signed(row.notifier_call, block, event, data)
        if result & _STOP:
            break
        block = following
    return result


def _at(kind: str, act: Callable[[Guest, int, int], int]) -> Callable[[Guest, int, int], int]:
    return lambda guest, chain, block: act(guest, chain + offset_of(guest, kind, "head"), block)


def _calls(kind: str) -> Callable[[Guest, int, int, int], int]:
    return lambda guest, chain, event, data: call(guest, chain + offset_of(guest, kind, "head"), event, data)


function("int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *n)")(_at(_RAW, insert))
function("int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *n)")(_at(_RAW, remove))
function("int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)")(_calls(_RAW))
function("int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *n)")(
    _at(_ATOMIC, insert)
)
function("int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *n)")(
    _at(_ATOMIC, remove)
)
function("int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)")(_calls(_ATOMIC))
function("int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *n)")(
    _at(_BLOCKING, insert)
)
function("int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *n)")(
    _at(_BLOCKING, remove)
)
function("int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)")(
    _calls(_BLOCKING)
)


@function("void srcu_init_notifier_head(struct srcu_notifier_head *nh)")
def srcu_init_notifier_head(guest: Guest, chain: int) -> None:
    """Make an SRCU notifier chain empty."""
    view(guest, "srcu_notifier_head", chain).head = 0


def _head(guest: Guest, chain: str) -> int:
    """Return the head of a chain of the kernel's own; make it at first use."""
    heads = guest.table("notifier_heads")
    if chain not in heads:
        heads[chain] = guest.heap.kmalloc(8)
    return int(heads[chain])


def registering(chain: str) -> Callable[[Guest, int], int]:
    """Return the function that inserts a block into a chain of the kernel's own."""
    return lambda guest, block: insert(guest, _head(guest, chain), block)


def unregistering(chain: str) -> Callable[[Guest, int], int]:
    """Return the function that takes a block out of a chain of the kernel's own."""
    return lambda guest, block: remove(guest, _head(guest, chain), block)


function("int register_die_notifier(struct notifier_block *nb)")(registering("die"))
function("int unregister_die_notifier(struct notifier_block *nb)")(unregistering("die"))
