"""What the kernel logs when it stumbles: a page fault of its own, or a warning.

From Linux 6.1 and 6.12: `arch/x86/mm/fault.c: show_fault_oops()`, `arch/x86/kernel/dumpstack.c: __die_header()`,
`kernel/panic.c: __warn(), print_tainted_seq()`, `lib/dump_stack.c: dump_stack_print_info()`. Registers, stack and trace
are not known here, so those lines are left out.
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, Killed
from modtools.kernel.log import ALERT, INFO, WARNING
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint, oops_letters, spelled_out

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
    kernel.printk(WARNING, die(kernel, "Oops", code, 1))
    _log_process(kernel)
    kernel.printk(WARNING, _END)
    kernel.add_taint(Taint.DIE, lockdep_ok=False)
    kernel.printk(INFO, f"note: {program}[{PROCESS}] exited with irqs disabled")
    return Killed(Cause(causes.PAGE_FAULT, f"{address:#x}"))


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
    features, version = kernel.identity.features, kernel.identity.version
    taints = taint_letters(kernel)
    user = "UID: 0 " if features.tells_user else ""
    head = f"CPU: 0 {user}PID: {PROCESS} Comm: {kernel.program} {taints} {kernel.identity.release} {build(version)}"
    room = features.spelled_taints
    return [head.rstrip(), *([spelled_out(kernel.taint)[:room]] if kernel.taint and room else ())]


def taint_letters(kernel: Kernel) -> str:
    """Return whether the kernel is tainted, and by what."""
    return f"Tainted: {oops_letters(kernel.taint)}" if kernel.taint else "Not tainted"


def build(version: str) -> str:
    """Return which build of a kernel it is, from the text of /proc/version; Debian's name their package, too."""
    number, _, rest = version.partition(" #")[2].partition(" ")
    package = rest.partition("Debian ")[2].partition(" (")[0]
    return (f"#{number}" if number else "") + (f"  Debian {package}" if package else "")


def _log_process(kernel: Kernel) -> None:
    for line in process(kernel):
        kernel.printk(WARNING, line)
