"""kernel/notifier.c: Chains of functions that are told when something happens.

A chain is the address of a pointer to its first block. The chains of the kernel's own (reboot, suspend, ...) are never
told anything: nothing of that happens here.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.objects import chains
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, view

_RAW, _ATOMIC, _BLOCKING = "raw_notifier_head", "atomic_notifier_head", "blocking_notifier_head"


def _at(kind: str, act: Callable[[Guest, int, int], int]) -> Callable[[Guest, int, int], int]:
    return lambda guest, chain, block: act(guest, chain + offset_of(guest, kind, "head"), block)


def _calls(kind: str) -> Callable[[Guest, int, int, int], int]:
    return lambda guest, chain, event, data: chains.call(guest, chain + offset_of(guest, kind, "head"), event, data)


function("int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *n)")(
    _at(_RAW, chains.insert)
)
function("int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *n)")(
    _at(_RAW, chains.remove)
)
function("int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)")(_calls(_RAW))
function("int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *n)")(
    _at(_ATOMIC, chains.insert)
)
function("int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *n)")(
    _at(_ATOMIC, chains.remove)
)
function("int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)")(_calls(_ATOMIC))
function("int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *n)")(
    _at(_BLOCKING, chains.insert)
)
function("int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *n)")(
    _at(_BLOCKING, chains.remove)
)
function("int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)")(
    _calls(_BLOCKING)
)


_SRCU = "srcu_notifier_head"
function("int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *n)")(
    _at(_SRCU, chains.insert)
)
function("int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *n)")(
    _at(_SRCU, chains.remove)
)
function("int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v)")(_calls(_SRCU))


@function("void srcu_init_notifier_head(struct srcu_notifier_head *nh)")
def srcu_init_notifier_head(guest: Guest, chain: int) -> None:
    """Make an SRCU notifier chain empty."""
    view(guest, "srcu_notifier_head", chain).head = 0


def registering(chain: str) -> Callable[[Guest, int], int]:
    """Return the function that inserts a block into a chain of the kernel's own."""
    return lambda guest, block: chains.insert(guest, chains.head_of(guest, chain), block)


def unregistering(chain: str) -> Callable[[Guest, int], int]:
    """Return the function that takes a block out of a chain of the kernel's own."""
    return lambda guest, block: chains.remove(guest, chains.head_of(guest, chain), block)


@function(
    "int blocking_notifier_call_chain_robust"
    "(struct blocking_notifier_head *nh, unsigned long up, unsigned long down, void *v)"
)
def call_blocking_robust(guest: Guest, chain: int, up: int, down: int, data: int) -> int:
    """Tell a chain of an event, and take that back with another one if somebody refuses it; return the answer."""
    return chains.call_robust(guest, chain + offset_of(guest, _BLOCKING, "head"), (up, down), data)


@function(
    "int raw_notifier_call_chain_robust(struct raw_notifier_head *nh, unsigned long up, unsigned long down, void *v)"
)
def call_raw_robust(guest: Guest, chain: int, up: int, down: int, data: int) -> int:
    """Do the same to a chain without a lock."""
    return chains.call_robust(guest, chain + offset_of(guest, _RAW, "head"), (up, down), data)


function("int register_die_notifier(struct notifier_block *nb)")(registering("die"))
function("int unregister_die_notifier(struct notifier_block *nb)")(unregistering("die"))
