"""What the kernel logs when it stumbles: a page fault of its own, or a warning.

From Linux 6.1: `arch/x86/mm/fault.c: show_fault_oops()`, `arch/x86/kernel/dumpstack.c: __die_header()`,
`kernel/panic.c: __warn()`. Registers, stack and trace are not known here, so those lines are left out.
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, Killed
from modtools.kernel.log import ALERT, INFO, WARNING
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint

PROCESS = 88
"""Process number in such messages: the first command after boot on the recorded machine."""

_END = "---[ end trace 0000000000000000 ]---"


def page_fault(kernel: Kernel, address: int, *, write: bool, program: str = "insmod") -> Killed:
    """Log an access to memory that is not there, taint, and return the exception that ends the calling process.

    In the words of x86-64: of other machines no step knows where their kernel would stumble.
    """
    code = 2 if write else 0
    if address < 4096:
        kernel.printk(ALERT, f"BUG: kernel NULL pointer dereference, address: {address:016x}")
    else:
        kernel.printk(ALERT, f"BUG: unable to handle page fault for address: {address:016x}")
    kernel.printk(ALERT, f"#PF: supervisor {'write' if write else 'read'} access in kernel mode")
    kernel.printk(ALERT, f"#PF: error_code({code:#06x}) - not-present page")
    kernel.printk(WARNING, f"{kernel.identity.features.oops}: {code:04x} [#1] PREEMPT SMP NOPTI")
    kernel.printk(WARNING, _END)
    kernel.add_taint(Taint.DIE, lockdep_ok=False)
    kernel.printk(INFO, f"note: {program}[{PROCESS}] exited with irqs disabled")
    return Killed(Cause(causes.PAGE_FAULT, f"{address:#x}"))


def warn(kernel: Kernel, text: str, place: str) -> None:
    """Log a warning of the kernel proper; `place` is its `file:line function+offset/size`."""
    kernel.printk(WARNING, "------------[ cut here ]------------")
    kernel.printk(WARNING, text)
    kernel.printk(WARNING, f"WARNING: CPU: 0 PID: {PROCESS} at {place}")
    kernel.printk(WARNING, _END)
    kernel.add_taint(Taint.WARN)
