"""Notifier chains: functions that are called when something happens.

From Linux 6.1: `kernel/notifier.c`. A chain is the address of a pointer to its first block. The chains of the kernel's
own (reboot, suspend, ...) are never told anything: nothing of that happens here.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import offset_of, view
from modtools.linuxerrno import ENOENT

_STOP = 0x8000
_RAW, _ATOMIC, _BLOCKING = "raw_notifier_head", "atomic_notifier_head", "blocking_notifier_head"


def insert(guest: Guest, head: int, block: int) -> int:
    """Insert a block into a chain by priority, behind those of the same one; return 0."""
    memory, row = guest.memory, view(guest, "notifier_block", block)
    at, following = head, offset_of("notifier_block", "next")
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
    at, following = head, offset_of("notifier_block", "next")
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
    return lambda guest, chain, block: act(guest, chain + offset_of(kind, "head"), block)


def _calls(kind: str) -> Callable[[Guest, int, int, int], int]:
    return lambda guest, chain, event, data: call(guest, chain + offset_of(kind, "head"), event, data)


# `kernel/notifier.c`
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
    """`kernel/notifier.c`: Make a notifier chain empty."""
    view(guest, "srcu_notifier_head", chain).head = 0


def _kernel(chain: str, act: Callable[[Guest, int, int], int]) -> Callable[..., int]:
    """Make a handler that inserts into or removes from a chain of the kernel's own, whose head has
    memory of its own.
    """

    def change(guest: Guest, block: int) -> int:
        heads = guest.table("notifier_heads")
        if chain not in heads:
            heads[chain] = guest.heap.kmalloc(8)
        return act(guest, heads[chain], block)

    return change


# `kernel/reboot.c`
function("int register_reboot_notifier(struct notifier_block *nb)")(_kernel("reboot", insert))
function("int unregister_reboot_notifier(struct notifier_block *nb)")(_kernel("reboot", remove))
# `kernel/power/main.c`
function("int register_pm_notifier(struct notifier_block *nb)")(_kernel("pm", insert))
function("int unregister_pm_notifier(struct notifier_block *nb)")(_kernel("pm", remove))
# `net/core/netevent.c`
function("int register_netevent_notifier(struct notifier_block *nb)")(_kernel("netevent", insert))
function("int unregister_netevent_notifier(struct notifier_block *nb)")(_kernel("netevent", remove))
# `net/ipv4/devinet.c`
function("int register_inetaddr_notifier(struct notifier_block *nb)")(_kernel("inetaddr", insert))
function("int unregister_inetaddr_notifier(struct notifier_block *nb)")(_kernel("inetaddr", remove))
# `net/ipv6/addrconf_core.c`
function("int register_inet6addr_notifier(struct notifier_block *nb)")(_kernel("inet6addr", insert))
function("int unregister_inet6addr_notifier(struct notifier_block *nb)")(_kernel("inet6addr", remove))
# `net/ipv4/devinet.c`
function("int register_inetaddr_validator_notifier(struct notifier_block *nb)")(_kernel("inetaddr_validator", insert))
function("int unregister_inetaddr_validator_notifier(struct notifier_block *nb)")(_kernel("inetaddr_validator", remove))
# `net/ipv6/addrconf_core.c`
function("int register_inet6addr_validator_notifier(struct notifier_block *nb)")(_kernel("inet6addr_validator", insert))
function("int unregister_inet6addr_validator_notifier(struct notifier_block *nb)")(
    _kernel("inet6addr_validator", remove)
)
# `drivers/acpi/event.c`
function("int register_acpi_notifier(struct notifier_block *nb)")(_kernel("acpi", insert))
function("int unregister_acpi_notifier(struct notifier_block *nb)")(_kernel("acpi", remove))
# `kernel/notifier.c`
function("int register_die_notifier(struct notifier_block *nb)")(_kernel("die", insert))
function("int unregister_die_notifier(struct notifier_block *nb)")(_kernel("die", remove))
# `net/netlink/af_netlink.c`
function("int netlink_register_notifier(struct notifier_block *nb)")(_kernel("netlink", insert))
function("int netlink_unregister_notifier(struct notifier_block *nb)")(_kernel("netlink", remove))
# `drivers/tty/vt/keyboard.c`
function("int register_keyboard_notifier(struct notifier_block *nb)")(_kernel("keyboard", insert))
function("int unregister_keyboard_notifier(struct notifier_block *nb)")(_kernel("keyboard", remove))
# `drivers/tty/vt/vt.c`
function("int register_vt_notifier(struct notifier_block *nb)")(_kernel("vt", insert))
function("int unregister_vt_notifier(struct notifier_block *nb)")(_kernel("vt", remove))
# `net/switchdev/switchdev.c`
function("int register_switchdev_notifier(struct notifier_block *nb)")(_kernel("switchdev", insert))
function("int unregister_switchdev_notifier(struct notifier_block *nb)")(_kernel("switchdev", remove))
function("int register_switchdev_blocking_notifier(struct notifier_block *nb)")(_kernel("switchdev_blocking", insert))
function("int unregister_switchdev_blocking_notifier(struct notifier_block *nb)")(_kernel("switchdev_blocking", remove))
# `drivers/video/fbdev/core/fb_notify.c`
function("int fb_register_client(struct notifier_block *nb)")(_kernel("fb", insert))
function("int fb_unregister_client(struct notifier_block *nb)")(_kernel("fb", remove))
# `kernel/reboot.c`
function("int register_restart_handler(struct notifier_block *nb)")(_kernel("restart", insert))
function("int unregister_restart_handler(struct notifier_block *nb)")(_kernel("restart", remove))
# `mm/oom_kill.c`
function("int register_oom_notifier(struct notifier_block *nb)")(_kernel("oom", insert))
function("int unregister_oom_notifier(struct notifier_block *nb)")(_kernel("oom", remove))
# `drivers/power/supply/power_supply_core.c`
function("int power_supply_reg_notifier(struct notifier_block *nb)")(_kernel("power_supply", insert))
function("void power_supply_unreg_notifier(struct notifier_block *nb)")(_kernel("power_supply", remove))
# `arch/x86/kernel/cpu/mce/core.c`
function("void mce_register_decode_chain(struct notifier_block *nb)")(_kernel("mce", insert))
function("void mce_unregister_decode_chain(struct notifier_block *nb)")(_kernel("mce", remove))
# `security/security.c`
function("int register_blocking_lsm_notifier(struct notifier_block *nb)")(_kernel("lsm", insert))
function("int unregister_blocking_lsm_notifier(struct notifier_block *nb)")(_kernel("lsm", remove))
