"""What the kernel logs when it stumbles: a page fault of its own, or a warning.

From Linux 6.1 and 6.12: `arch/x86/mm/fault.c: show_fault_oops()`, `arch/x86/kernel/dumpstack.c: __die_header()`,
from Linux 6.12: `arch/arm64/mm/fault.c: die_kernel_fault(), mem_abort_decode()`, `arch/arm64/kernel/traps.c: __die()`,
`kernel/panic.c: __warn(), print_tainted_seq()`, `lib/dump_stack.c: dump_stack_print_info()`. Registers, stack and trace
are not known here, so those lines are left out.
"""

from __future__ import annotations

import re

from modtools import causes
from modtools.errors import Cause, Killed, Segfault
from modtools.kernel.cmdline import arguments
from modtools.kernel.identity import MODELS
from modtools.kernel.log import ALERT, EMERG, INFO, WARNING
from modtools.kernel.space import memory_of, ranges
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint, oops_letters, spelled_out

PROCESS = 88
"""Process number in such messages: the first command after boot on the recorded machine."""

_END = "---[ end trace 0000000000000000 ]---"


def page_fault(kernel: Kernel, address: int, *, write: bool, program: str = "insmod") -> Killed:
    """Log an access to memory that is not there, taint, and return the exception that ends the calling process.

    In the words of the kernel's machine, which is one of those whose relocations are applied: of others no step knows
    where their kernel would stumble.
    """
    return _PAGE_FAULTS[kernel.arch.machine](kernel, address, write, program)


def _x86_page_fault(kernel: Kernel, address: int, write: bool, program: str) -> Killed:
    code = 2 if write else 0
    if address < 4096:
        kernel.printk(ALERT, f"BUG: kernel NULL pointer dereference, address: {address:016x}")
    else:
        kernel.printk(ALERT, f"BUG: unable to handle page fault for address: {address:016x}")
    kernel.printk(ALERT, f"#PF: supervisor {'write' if write else 'read'} access in kernel mode")
    kernel.printk(ALERT, f"#PF: error_code({code:#06x}) - not-present page")
    kernel.printk(WARNING, die(kernel, "Oops", code, 1))
    _end_of_oops(kernel)
    kernel.printk(INFO, f"note: {program}[{PROCESS}] exited with irqs disabled")
    return Killed(Cause(causes.PAGE_FAULT, f"{address:#x}"))


_DATA_ABORT, _INSTRUCTION_32, _WRITE = 0x25 << 26, 1 << 25, 1 << 6
"""Bits of arm64's ESR_EL1: the class of the exception, the length of the instruction, and whether it was to write."""


def _arm64_page_fault(kernel: Kernel, address: int, write: bool, _: str) -> Killed:
    level = _level(kernel, address)
    syndrome = 0b000100 | level | _WRITE * write
    code = _DATA_ABORT | _INSTRUCTION_32 | syndrome
    what = "NULL pointer dereference" if address < 4096 else "paging request"
    for line in (
        f"Unable to handle kernel {what} at virtual address {address:016x}",
        "Mem abort info:",
        f"  ESR = {code:#018x}",
        "  EC = 0x25: DABT (current EL), IL = 32 bits",
        "  SET = 0, FnV = 0",
        "  EA = 0, S1PTW = 0",
        f"  FSC = {syndrome & 0x3F:#04x}: level {level} translation fault",
        "Data abort info:",
        f"  ISV = 0, ISS = {syndrome:#010x}, ISS2 = 0x00000000",
        f"  CM = 0, WnR = {write:d}, TnD = 0, TagAccess = 0",
        "  GCS = 0, Overlay = 0, DirtyBit = 0, Xs = 0",
    ):
        kernel.printk(ALERT, line)
    options = kernel.identity.vermagic.split()
    words = "".join(f" {word.upper()}" for word in ("preempt", "SMP") if word in options)
    kernel.printk(EMERG, f"Internal error: Oops: {code:016x} [#1]{words}")
    _end_of_oops(kernel)
    return Segfault(Cause(causes.PAGE_FAULT, f"{address:#x}"))


def _level(kernel: Kernel, address: int) -> int:
    """Return the level of the page tables that has nothing for an address: where something else is in the same 2 MiB
    there is the last table, 3; in the same GiB, 2; in the same 512 GiB, 1.
    """
    there = [place.start for place in ranges(kernel)[:1]] + list(memory_of(kernel) or ())
    there += [end for module in kernel.modules.values() for area in module.areas for end in (area.base, area.end)]
    levels = ((3, 21), (2, 30), (1, 39))
    return next((level for level, bits in levels if any(at >> bits == address >> bits for at in there)), 0)


_PAGE_FAULTS = {"x86_64": _x86_page_fault, "aarch64": _arm64_page_fault}


def _end_of_oops(kernel: Kernel) -> None:
    kernel.lock_debugging = False  # oops_enter() says nothing of it
    _log_process(kernel)
    kernel.printk(WARNING, _END)
    kernel.add_taint(Taint.DIE, lockdep_ok=False)


def die(kernel: Kernel, name: str, code: int, count: int) -> str:
    """Return the line that an oops of this name begins with, the last of so many."""
    features, options = kernel.identity.features, kernel.identity.vermagic.split(" ")
    preempt = " PREEMPT" if "preempt" in options and features.die_tells_preemption else ""
    smp = " SMP" if "SMP" in options else ""
    return f"{features.die_prefix}{name}: {code:04x} [#{count}]{preempt}{smp} NOPTI"


def warn(kernel: Kernel, text: str, place: str) -> None:
    """Log a warning of the kernel proper; `place` is its `file:line function+offset/size`."""
    kernel.printk(WARNING, "------------[ cut here ]------------")
    kernel.printk(WARNING, text)
    kernel.printk(WARNING, f"WARNING: CPU: 0 PID: {PROCESS} at {place}")
    _log_process(kernel)
    kernel.printk(WARNING, _END)
    kernel.add_taint(Taint.WARN)


def process(kernel: Kernel) -> list[str]:
    """Return the lines on which process it was, on which kernel."""
    features = kernel.identity.features
    taints = taint_letters(kernel)
    user = "UID: 0 " if features.tells_user else ""
    head = f"CPU: 0 {user}PID: {PROCESS} Comm: {kernel.program} {taints} {kernel.identity.release} {build(kernel)}"
    room = features.spelled_taints
    return [head.rstrip(), *([spelled_out(kernel.taint)[:room]] if kernel.taint and room else ())]


def taint_letters(kernel: Kernel) -> str:
    """Return whether the kernel is tainted, and by what."""
    return f"Tainted: {oops_letters(kernel.taint, kernel.identity.features.taints)}" if kernel.taint else "Not tainted"


def build(kernel: Kernel, *, model: bool = True) -> str:
    """Return which build of a kernel it is, from the text of /proc/version; Debian's name their package, too. With
    `model`, newer ones say between the two how they can be preempted.
    """
    number, _, rest = kernel.identity.version.partition(" #")[2].partition(" ")
    package = rest.partition("Debian ")[2].partition(" (")[0]
    told = preemption(kernel) if model and not kernel.identity.features.die_tells_preemption else ""
    return (f"#{number}" if number else "") + (f" {told}" if told else "") + (f"  Debian {package}" if package else "")


def preemption(kernel: Kernel) -> str:
    """Return how the kernel can be preempted: as it was built, or as its command line says where that can choose.

    From Linux 6.15: `kernel/sched/core.c: preempt_model_str(), setup_preempt_mode()`.
    """
    chosen = [text for name, text in arguments(kernel.identity.cmdline) if name == "preempt" and text in MODELS]
    built = kernel.identity.config.preemption
    return re.sub(r"\(\w+\)", f"({chosen[-1]})", built) if chosen else built


def _log_process(kernel: Kernel) -> None:
    for line in process(kernel):
        kernel.printk(WARNING, line)
