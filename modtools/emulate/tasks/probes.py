"""Probes: what runs when code comes to an address that a module watches.

From Linux 6.1: `kernel/kprobes.c: aggr_pre_handler(), pre_handler_kretprobe()`, `arch/x86/kernel/kprobes/core.c:
kprobe_int3_handler()`, `arch/x86/kernel/kprobes/ftrace.c: kprobe_ftrace_handler()`, `kernel/trace/rethook.c`. Tables:
`probes`: address -> addresses of the `struct kprobe` there, the newest first; `tracers`: address of a `struct
ftrace_ops` -> the addresses it is for; `rethooks`: where on a stack a function's return address stood -> [that address,
what wants to know of its return, the newest last].

Calls are seen that modules' code makes, or that the kernel makes by a function's address. What the kernel calls for
itself is not seen, nor what programs do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import View, new, size_of, view
from modtools.emulate.tasks import preemption

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


DISABLED, TRACED, AT_ENTRY = 2, 8, 16
"""Flags of a `struct kprobe`: disabled, at the call for tracing, at a function's beginning."""
TRAMPOLINE = "arch_rethook_trampoline"
"""Where a function returns to, if somebody wants to know of it."""


def watch(guest: Guest) -> None:
    """Let the processor stop where there are probes now."""
    guest.engine.watch(guest.table("probes"))


def at(guest: Guest, address: int) -> list[int]:
    """Return the list of the probes at an address, which may be changed."""
    found: list[int] = guest.table("probes").setdefault(address, [])
    return found


def forget_if_empty(guest: Guest, address: int) -> None:
    """Stop watching an address that nobody has a probe at any more."""
    traced = any(address in places for places in guest.table("tracers").values())
    if not guest.table("probes").get(address) and not traced:
        guest.table("probes").pop(address, None)
        watch(guest)


def reached(guest: Guest, here: int) -> int:
    """Call the handlers of the probes at an address that code has come to; return where it goes on."""
    if here == guest.address_of(TRAMPOLINE):
        return _returned(guest)
    probes = [view(guest, "kprobe", address) for address in guest.table("probes")[here]]
    probes = [probe for probe in probes if not probe.flags & DISABLED]
    if guest.probing:
        for probe in probes:
            probe.nmissed += 1
        return _past(guest, here, TRACED)
    guest.probing = True
    preemption.add(guest, 1)
    try:
        _call_tracers(guest, here)
        diverted = _call_before(guest, here, probes)
    finally:
        preemption.add(guest, -1)
        guest.probing = False
    return guest.frame[guest.abi.pc] if diverted else _past(guest, here, probes[0].flags if probes else TRACED)


def _past(guest: Guest, here: int, flags: int) -> int:
    """Return where the code goes on after the handlers: behind the call for tracing, or at the instruction itself."""
    if flags & TRACED and guest.memory.mapped(here):
        return here + guest.abi.trace_size
    guest.engine.pass_by(here)
    return here


def _call_before(guest: Guest, here: int, probes: list[View]) -> bool:
    """Call what is to be called before the instruction, and behind it; return whether the code was sent elsewhere."""
    abi = guest.abi
    traced = bool(probes and probes[0].flags & TRACED)
    for probe in probes:
        if probe.pre_handler and _call_handler(guest, here + abi.stop_size, probe.pre_handler, probe.address()):
            return True
    after = [probe for probe in probes if probe.post_handler]
    if after and not traced:
        return _step(guest, here, after)
    for probe in after:
        _call_handler(guest, here + abi.trace_size, probe.post_handler, probe.address(), last=(0,))
    guest.frame[abi.pc] = here
    return False


def _step(guest: Guest, here: int, probes: list[View]) -> bool:
    """Do the instruction and call what is to be called behind it; return whether that could be done."""
    if not guest.engine.step(here):
        return False
    guest.frame = guest.engine.registers
    behind = guest.frame[guest.abi.pc]
    for probe in probes:
        _call_handler(guest, behind, probe.post_handler, probe.address(), last=(0,))
    return True


def _call_handler(
    guest: Guest, counter: int, function: int, first: int, *, last: tuple[int, ...] = (), restored: bool = False
) -> int:
    """Call a handler with a pointer and the registers, of which the program counter is as given; return its result.
    What it changes in the registers holds, but the program counter only where the result is not 0, or if `restored`.
    """
    abi = guest.abi
    frame = list(guest.frame)
    frame[abi.pc] = counter
    registers = abi.save(guest, frame)
    result = guest.call_signed(function, first, registers, *last)
    changed = abi.restore(guest, registers)
    guest.heap.free(registers)
    if not (result or restored):
        changed[abi.pc] = counter
    guest.frame = guest.engine.registers = changed
    return result


def _call_tracers(guest: Guest, here: int) -> None:
    """Call the functions of those who trace the function that is entered."""
    abi = guest.abi
    for tracer in [tracer for tracer, places in guest.table("tracers").items() if here in places]:
        frame = list(guest.frame)
        frame[abi.pc] = here
        registers = abi.save(guest, frame)
        parent = abi.caller(guest.memory, frame)
        guest.call(view(guest, "ftrace_ops", tracer).func, here, parent, tracer, registers)
        guest.frame = guest.engine.registers = abi.restore(guest, registers)
        guest.heap.free(registers)


# Returns of functions.


def hook_return(guest: Guest, probe: int, registers: int) -> None:
    """Ask the `entry_handler` of a `struct kretprobe` whether it wants to know of the return of the function that is
    entered, and if so, let it return to the trampoline.
    """
    row = view(guest, "kretprobe", probe)
    if sum(view(guest, "rethook_node", node).rethook == row.rh for node in _nodes(guest)) >= row.maxactive:
        row.nmissed += 1
        return
    node = guest.heap.kmalloc(size_of(guest, "kretprobe_instance") + row.data_size)
    view(guest, "rethook_node", node).rethook = row.rh
    if row.entry_handler and guest.call_signed(row.entry_handler, node, registers):
        guest.heap.free(node)
        return
    _hook(guest, node, registers)


def _nodes(guest: Guest) -> Iterator[int]:
    for _, nodes in guest.table("rethooks").values():
        yield from nodes


def _hook(guest: Guest, node: int, registers: int) -> None:
    abi, row = guest.abi, view(guest, "rethook_node", node)
    frame = abi.restore(guest, registers)
    back = abi.caller(guest.memory, frame)
    entry = guest.table("rethooks").setdefault(frame[abi.sp], [back, []])
    row.ret_addr, row.frame = entry[0], frame[abi.sp]
    entry[1].append(node)
    trampoline = guest.address_of(TRAMPOLINE)
    at(guest, trampoline)
    abi.redirect(guest.memory, frame, trampoline)
    watch(guest)


def _returned(guest: Guest) -> int:
    """Call the handlers of those who want to know of the return of a function; return where it goes on."""
    abi = guest.abi
    back, nodes = guest.table("rethooks").pop(abi.returned(guest.frame))
    for node in reversed(nodes):
        hook = view(guest, "rethook", view(guest, "rethook_node", node).rethook)
        if hook.handler and hook.data and (handler := view(guest, "kretprobe", hook.data).handler):
            guest.probing = True
            preemption.add(guest, 1)
            try:
                _call_handler(guest, back, handler, node)
            finally:
                preemption.add(guest, -1)
                guest.probing = False
        guest.heap.free(node)
    return int(back)


def new_hook(guest: Guest, probe: int) -> int:
    """Return the address of a new `struct rethook` for a `struct kretprobe`."""
    row = new(guest, "rethook")
    row.data, row.handler = probe, guest.address_of("kretprobe_rethook_handler")
    return row.address()
