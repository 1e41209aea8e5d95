"""Grace periods, shrinkers and the FPU, on one processor with enough memory.

From Linux 6.1: `kernel/rcu/tree.c`, `mm/vmscan.c`, `arch/x86/kernel/fpu/core.c`, `lib/once.c`, `lib/crypto/memneq.c`,
`lib/scatterlist.c`, `mm/backing-dev.c`.
"""

from __future__ import annotations

from modtools.emulate.builtin import RESERVED
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, native, variable
from modtools.emulate.structs import new
from modtools.emulate.values import Values
from modtools.link.memory import PAGE

# `arch/x86/kernel/fpu/core.c`
native("kernel_fpu_begin_mask", "c3")
native("kernel_fpu_end", "c3")


@function("bool irq_fpu_usable(void)")
def irq_fpu_usable(_guest: Guest) -> bool:
    """`arch/x86/kernel/fpu/core.c`: Return True: the FPU may always be used."""
    return True


@function("void call_rcu(struct callback_head *head, rcu_callback_t func)")
def call_rcu(guest: Guest, head: int, call: int) -> None:
    """`kernel/rcu/tree.c`: Call the function at once: nobody else reads, so that the grace period is over."""
    guest.call(call, head)


@function("void kvfree_call_rcu(struct callback_head *head, rcu_callback_t func)")
def kvfree_call_rcu(guest: Guest, head: int, offset: int) -> None:
    """`kernel/rcu/tree.c`: Free at once the allocation that begins `func` bytes before `head`; without a head, `func`
    is the address itself.
    """
    guest.heap.free(head - offset if head else offset)


@function("void rcu_barrier(void)", "void rcu_barrier_tasks(void)", "void synchronize_rcu_tasks(void)")
def rcu_barrier(_guest: Guest) -> None:
    """`kernel/rcu/tree.c`: Return at once, because no callback waits (`rcu_barrier_tasks()` and
    `synchronize_rcu_tasks()` are of `kernel/rcu/tasks.h`).
    """


@function("int register_shrinker(struct shrinker *shrinker, const char *fmt, ...)")
def register_shrinker(guest: Guest, address: int, _fmt: int, _values: Values) -> int:
    """`mm/vmscan.c`: Note a shrinker; return 0. It is never called, because there is memory enough."""
    guest.table("shrinkers")[address] = 1
    return 0


@function("void unregister_shrinker(struct shrinker *shrinker)")
def unregister_shrinker(guest: Guest, address: int) -> None:
    """`mm/vmscan.c`: Forget a shrinker, which was never called."""
    guest.table("shrinkers").pop(address, None)


@function("bool __do_once_start(bool *done, unsigned long *flags)")
def do_once_start(guest: Guest, done: int, flags: int) -> bool:
    """`lib/once.c`: Return whether the code has not run yet, and store interrupt flags to be handed to
    `__do_once_done()`.
    """
    guest.memory.put(flags, 0x246, 8)
    return not guest.memory.u8(done)


@function("void __do_once_done(bool *done, struct static_key_true *once_key, unsigned long *flags, struct module *mod)")
def do_once_done(guest: Guest, done: int, _key: int, _flags: int, _module: int) -> None:
    """`lib/once.c`: Note that the code has run. The jump label, which would skip the test, is left as it is."""
    guest.memory.put(done, 1, 1)


@function("unsigned long __crypto_memneq(const void *a, const void *b, size_t size)")
def crypto_memneq(guest: Guest, one: int, two: int, size: int) -> bool:
    """`lib/crypto/memneq.c`: Return whether two regions of memory differ."""
    size = guest.bounded(size)
    return bool(size) and guest.memory.read(one, size) != guest.memory.read(two, size)


@variable("_totalram_pages", 8)
def totalram_pages(guest: Guest, address: int) -> None:
    """`mm/page_alloc.c`: Store the number of pages that the kernel manages: all but some sixty megabytes that it takes
    for itself.
    """
    guest.memory.put(address, (guest.machine.memory - RESERVED) // PAGE, 8)


@function("struct backing_dev_info *bdi_alloc(int node_id)")
def bdi_alloc(guest: Guest, _node: int) -> int:
    """`mm/backing-dev.c`: Return a new `struct backing_dev_info` with one reference; writeback is not modelled."""
    info = new(guest, "backing_dev_info")
    guest.memory.put(info.address("refcnt"), 1, 4)
    info.max_ratio, info.max_prop_frac, info.capabilities = 100, 1 << 10, 3
    info.ra_pages = info.io_pages = (128 << 10) // PAGE
    return info.address()


@function("int bdi_register(struct backing_dev_info *bdi, const char *fmt, ...)")
def bdi_register(guest: Guest, address: int, _fmt: int, _values: Values) -> int:
    """`mm/backing-dev.c`: Note a backing device; return 0. Its name is not used."""
    guest.table("bdis")[address] = 1
    return 0


@function("void bdi_unregister(struct backing_dev_info *bdi)")
def bdi_unregister(guest: Guest, address: int) -> None:
    """`mm/backing-dev.c`: Forget a backing device."""
    guest.table("bdis").pop(address, None)


@function("void bdi_put(struct backing_dev_info *bdi)")
def bdi_put(guest: Guest, address: int) -> None:
    """`mm/backing-dev.c`: Give a reference on a backing device back, and free it with the last one."""
    from modtools.emulate.structs import view

    at = view(guest, "backing_dev_info", address).address("refcnt")
    count = guest.memory.u32(at) - 1
    guest.memory.put(at, count, 4)
    if not count:
        guest.heap.free(address)
