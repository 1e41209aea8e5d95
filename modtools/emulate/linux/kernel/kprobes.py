"""kernel/kprobes.c: Probes on instructions, and on returns of functions.

They can be set at the beginning of functions of modules and of the kernel, and behind the call for tracing that a
module's function begins with: where other instructions begin is not known. A function of the kernel is taken for one
that can be traced. What is not seen is told in `modtools.emulate.tasks.probes`. Probes in a module that is removed are
not marked as gone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols import kallsyms
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view
from modtools.emulate.tasks import probes
from modtools.emulate.tasks.probes import AT_ENTRY, DISABLED, TRACED
from modtools.linuxerrno import E2BIG, EILSEQ, EINVAL, ENOENT

_FORBIDDEN = (("__kprobes_text_start", "__kprobes_text_end"), ("__noinstr_text_start", "__noinstr_text_end"),
              ("__entry_text_start", "__entry_text_end"))  # fmt: skip
"""Code in which nothing may be probed, from one symbol to another."""
_MARK = "_kbl_addr_"
"""What the symbols begin with that NOKPROBE_SYMBOL() makes of functions' names."""
_LARGEST_DATA = 4096
_LEAST_ACTIVE = 10
_MINIMUM_COUNT = 1


def _address(guest: Guest, probe: View) -> int:
    """Return the address that a probe is for, by name or by address, or a negative errno."""
    if bool(probe.symbol_name) == bool(probe.addr):
        return -EINVAL
    start = kallsyms.find(guest, guest.text(probe.symbol_name)) if probe.symbol_name else int(probe.addr)
    where = start + probe.offset
    return where if start and kallsyms.lookup(guest, where) else -ENOENT


def _at_entry(guest: Guest, where: int) -> bool:
    found = kallsyms.lookup(guest, where)
    return found is not None and not found[1]


def _between(guest: Guest, where: int, first: str, last: str) -> bool:
    return kallsyms.find(guest, first) <= where < kallsyms.find(guest, last)


def _refused_in_kernel(guest: Guest, where: int) -> bool:
    """Return whether a place of the kernel is no code any more, or such that cannot be probed."""
    if not _between(guest, where, "_stext", "_etext"):
        return True
    if any(_between(guest, where, *limits) for limits in _FORBIDDEN):
        return True
    found = kallsyms.lookup(guest, where)
    assert found is not None
    names = kallsyms.names_at(guest, where - found[1])
    return any(kallsyms.find(guest, _MARK + name) for name in names)


def _refused_in_module(guest: Guest, where: int, owner: str) -> bool:
    """Return whether a place of a module is no code, or in a function that says that it cannot be probed."""
    start, size = guest.images[owner].section("_kprobe_blacklist")
    found = kallsyms.lookup(guest, where)
    assert found is not None
    marked = [guest.memory.u64(at) for at in range(start, start + size, 8)]
    return not guest.is_code(where) or where - found[1] in marked


def traced_at(guest: Guest, where: int, owner: str) -> int | None:
    """Return the place of the call for tracing that an address lies in, None if it lies in none."""
    start, size = guest.images[owner].section("__mcount_loc")
    if not size or not guest.memory.mapped(start):
        return None
    calls = sorted(guest.memory.u64(at) for at in range(start, start + size, 8))
    at = bisect_left(calls, where + 1)
    return calls[at - 1] if at and where < calls[at - 1] + guest.abi.trace_size else None


def _check(guest: Guest, where: int) -> int:
    """Return the flags of a probe at an address, or the negative errno of one that is refused."""
    owner = guest.module_at(where)
    entry = AT_ENTRY if _at_entry(guest, where) else 0
    if owner is None:
        if _refused_in_kernel(guest, where):
            return -EINVAL
        if not entry:
            raise Needs(f"the instructions of {guest.describe(where)}")
        return TRACED | entry
    if _refused_in_module(guest, where, owner.name):
        return -EINVAL
    call = traced_at(guest, where, owner.name)
    if call is not None:
        return TRACED | entry if call == where else -EILSEQ
    if not entry and traced_at(guest, where - guest.abi.trace_size, owner.name) != where - guest.abi.trace_size:
        raise Needs(f"the instructions of {guest.describe(where)}")
    return entry


def _registered(guest: Guest, probe: View) -> bool:
    return probe.address() in guest.table("probes").get(probe.addr, [])


@function("int register_kprobe(struct kprobe *p)")
def register_kprobe(guest: Guest, address: int) -> int:
    """Set a probe; return 0, -EINVAL, -ENOENT for what is no function or -EILSEQ for what is no instruction."""
    probe = view(guest, "kprobe", address)
    where = _address(guest, probe)
    if where < 0:
        return where
    probe.addr = where
    if _registered(guest, probe):
        report_kernel_warning(guest, "warn_kprobe_rereg")
        return -EINVAL
    flags = _check(guest, where)
    if flags < 0:
        return flags
    probe.flags, probe.nmissed = probe.flags & DISABLED | flags, 0
    probe.opcode = 0 if flags & TRACED else guest.memory.read(where, 1)[0]
    probes.at(guest, where).insert(0, address)
    probes.watch(guest)
    return 0


@function("void unregister_kprobe(struct kprobe *p)")
def unregister_kprobe(guest: Guest, address: int) -> None:
    """Remove a probe and disable it; one that is not set loses its address."""
    probe = view(guest, "kprobe", address)
    if not _registered(guest, probe):
        probe.addr = 0
        return
    probe.flags |= DISABLED
    probes.at(guest, probe.addr).remove(address)
    probes.forget_if_empty(guest, probe.addr)


def _each(guest: Guest, pointers: int, count: int) -> list[int]:
    return [guest.memory.u64(pointers + 8 * number) for number in range(count)]


@function("int register_kprobes(struct kprobe **kps, int num)")
def register_kprobes(guest: Guest, pointers: int, count: int) -> int:
    """Set several probes, all or none; return 0 or the negative errno of the first that is refused."""
    return _all(guest, pointers, count, register_kprobe, unregister_kprobe)


def _all(
    guest: Guest,
    pointers: int,
    count: int,
    register: Callable[[Guest, int], int],
    unregister: Callable[[Guest, int], None],
) -> int:
    if count < _MINIMUM_COUNT:
        return -EINVAL
    done: list[int] = []
    for address in _each(guest, pointers, count):
        result = register(guest, address)
        if result < 0:
            for before in done:
                unregister(guest, before)
            return result
        done.append(address)
    return 0


@function("void unregister_kprobes(struct kprobe **kps, int num)")
def unregister_kprobes(guest: Guest, pointers: int, count: int) -> None:
    """Remove so many probes, given by an array of pointers."""
    for address in _each(guest, pointers, count):
        unregister_kprobe(guest, address)


@function("int disable_kprobe(struct kprobe *kp)")
def disable_kprobe(guest: Guest, address: int) -> int:
    """Let a probe be passed by; return 0, or -EINVAL for one that is not set."""
    probe = view(guest, "kprobe", address)
    if not _registered(guest, probe):
        return -EINVAL
    probe.flags |= DISABLED
    return 0


@function("int enable_kprobe(struct kprobe *kp)")
def enable_kprobe(guest: Guest, address: int) -> int:
    """Let a probe work again; return 0, or -EINVAL for one that is not set."""
    probe = view(guest, "kprobe", address)
    if not _registered(guest, probe):
        return -EINVAL
    probe.flags &= ~DISABLED
    return 0


@function("int register_kretprobe(struct kretprobe *rp)")
def register_kretprobe(guest: Guest, address: int) -> int:
    """Set a probe on the return of a function; return 0, -E2BIG for too much data, or what register_kprobe() does."""
    row = view(guest, "kretprobe", address)
    where = _address(guest, row.kp)
    if where < 0:
        return where
    if not _at_entry(guest, where):
        return -EINVAL
    if row.data_size > _LARGEST_DATA:
        return -E2BIG
    row.kp.pre_handler, row.kp.post_handler = guest.address_of("pre_handler_kretprobe"), 0
    if row.maxactive <= 0:
        row.maxactive = _LEAST_ACTIVE
    row.nmissed, row.rh = 0, probes.new_hook(guest, address)
    result = register_kprobe(guest, row.kp.address())
    if result < 0:
        guest.heap.free(row.rh)
        row.rh = 0
    return int(result)


@function("void unregister_kretprobe(struct kretprobe *rp)")
def unregister_kretprobe(guest: Guest, address: int) -> None:
    """Remove a probe on the return of a function; nobody is told of returns from then on."""
    row = view(guest, "kretprobe", address)
    unregister_kprobe(guest, row.kp.address())
    if row.rh:
        view(guest, "rethook", row.rh).handler = 0


@function("int register_kretprobes(struct kretprobe **rps, int num)")
def register_kretprobes(guest: Guest, pointers: int, count: int) -> int:
    """Set several probes on returns, all or none; return 0 or the negative errno of the first that is refused."""
    return _all(guest, pointers, count, register_kretprobe, unregister_kretprobe)


@function("void unregister_kretprobes(struct kretprobe **rps, int num)")
def unregister_kretprobes(guest: Guest, pointers: int, count: int) -> None:
    """Remove so many probes on returns, given by an array of pointers."""
    for address in _each(guest, pointers, count):
        unregister_kretprobe(guest, address)


@function("int pre_handler_kretprobe(struct kprobe *p, struct pt_regs *regs)")
def pre_handler_kretprobe(guest: Guest, probe: int, registers: int) -> int:
    """Let the function that is entered return by way of a probe's handler; return 0."""
    probes.hook_return(guest, probe, registers)
    return 0
