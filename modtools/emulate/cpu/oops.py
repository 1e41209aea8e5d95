"""The long texts of the log: what stands around a warning and an oops.

From Linux 6.1: `kernel/panic.c: __warn(), print_oops_end_marker()`, `kernel/module/main.c: print_modules()`,
`lib/dump_stack.c: dump_stack_print_info()`. The registers are told by the processor's `Abi`. The trace is a guess
(whatever on the stack points into a module's code), because frames of kernel functions are not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu import kernel_warnings
from modtools.emulate.cpu.bug_table import DONE, NO_CUT_HERE, ONCE, Bug
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Exhausted, Needs, Oops
from modtools.kernel import oops
from modtools.kernel.log import CRIT, EMERG, ERR, INFO, WARNING
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.oops import PROCESS
from modtools.kernel.taint import Taint, module_letters

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


CUT_HERE = "------------[ cut here ]------------"
END = "---[ end trace 0000000000000000 ]---"
_STATES = {ModuleState.COMING: "+", ModuleState.GOING: "-"}
_TRACE = 16
_WATCHED = 0x4002
"""The flags of a process that waits and is noticed, as recorded."""


def report_warning(guest: Guest, bug: Bug) -> None:
    """Log a WARN() that was met, and taint the kernel; one of WARN_ONCE() only the first time."""
    if bug.flags & ONCE:
        if bug.flags & DONE:
            return
        guest.memory.put(bug.flags_at, bug.flags | DONE, 2)
    if not bug.flags & NO_CUT_HERE:
        guest.printk(WARNING, CUT_HERE)
    place = f"{bug.file}:{bug.line} {guest.describe(bug.address)}"
    guest.printk(WARNING, f"WARNING: CPU: 0 PID: {PROCESS} at {place}")
    surroundings(guest)
    guest.printk(WARNING, END)
    guest.kernel.add_taint(Taint(bug.flags >> 8 & 0xFF))


def report_kernel_warning(guest: Guest, name: str, text: str = "", *, level: int = WARNING, once: bool = False) -> None:
    """Log a WARN() in the kernel's own code, one of `kernel_warnings.SPOTS`, and taint the kernel; with `once` only the
    first time. Of a kernel whose own table of them is not known, line and address are left out; one whose table has no
    such place stops the run, for it does not say the same.
    """
    place, spot = kernel_warnings.find(guest, name), kernel_warnings.SPOTS[name][0]
    if place is None and guest.profile.bugs:
        raise Needs(f"the warning of {spot.function}() of another kernel")
    told = guest.table("warned")
    if (once or (place and place.flags & ONCE)) and name in told:
        return
    told[name] = 1
    guest.frame = guest.frame or guest.ended or guest.abi.blank()
    guest.printk(WARNING, CUT_HERE)
    if text:
        guest.printk(level, text)
    where = f"{place.file}:{place.line} {guest.describe(place.address)}" if place else f"{spot.file} {spot.function}"
    guest.printk(WARNING, f"WARNING: CPU: 0 PID: {PROCESS} at {where}")
    surroundings(guest)
    guest.printk(WARNING, END)
    guest.kernel.add_taint(Taint.WARN)


def kernel_bug(guest: Guest, name: str) -> Oops:
    """Return the oops of a BUG() in the kernel's own code, one of `kernel_warnings.SPOTS`."""
    place, spot = kernel_warnings.find(guest, name, warning=False), kernel_warnings.SPOTS[name][0]
    where = f"{place.file}:{place.line}" if place else spot.file
    return Oops(((WARNING, CUT_HERE), (CRIT, f"kernel BUG at {where}!")), guest.abi.bug_name)


def report_death(guest: Guest, death: Oops) -> None:
    """Log the lines of an oops, and taint the kernel."""
    if guest.abi.is_checked_fault(guest, death) and kernel_warnings.find(guest, "do_user_addr_fault"):
        report_kernel_warning(guest, "do_user_addr_fault")
    guest.kernel.lock_debugging = False  # oops_enter() says nothing of it
    for level, text in death.heading:
        guest.printk(level, text)
    count = guest.table("oops").get("count", 0) + 1
    guest.table("oops")["count"] = count
    guest.printk(WARNING, oops.die(guest.kernel, death.name, death.code, count))
    _process_registers_trace(guest, death.address)
    report_modules(guest)
    if death.address is not None:
        guest.printk(WARNING, guest.abi.show_address(death.address))
    guest.printk(WARNING, END)
    for line in guest.abi.show_registers(guest, death.address):
        guest.printk(WARNING, line)
    guest.kernel.add_taint(Taint.DIE, lockdep_ok=False)
    if death.name in guest.abi.without_interrupts:
        guest.printk(INFO, f"note: {guest.kernel.program}[{PROCESS}] exited with irqs disabled")


def report_stuck(guest: Guest, seconds: int = 26) -> None:
    """Log that code does not end, after so many seconds, as the soft lockup detector does (`kernel/watchdog.c:
    watchdog_timer_fn()`), and taint the kernel.
    """
    guest.printk(EMERG, f"watchdog: BUG: soft lockup - CPU#0 stuck for {seconds}s! [{guest.kernel.program}:{PROCESS}]")
    surroundings(guest)
    guest.kernel.add_taint(Taint.SOFTLOCKUP)


def report_panic(guest: Guest, text: str) -> Exhausted:
    """Log that the kernel stops for good, with the stack unless an oops has shown it; return the exception to raise
    (`kernel/panic.c: panic()`, `arch/x86/kernel/setup.c: dump_kernel_offset()`).
    """
    guest.printk(EMERG, f"Kernel panic - not syncing: {text}")
    if not guest.table("oops").get("count"):
        report_stack(guest)
    guest.printk(EMERG, "Kernel Offset: disabled")
    guest.printk(EMERG, f"---[ end Kernel panic - not syncing: {text} ]---")
    return Exhausted()


def report_hung(guest: Guest) -> None:
    """Log that a process waits for ever (`kernel/hung_task.c: check_hung_task()`, `kernel/sched/core.c:
    sched_show_task()`).
    """
    kernel = guest.kernel
    guest.pass_time(121_000_000_000)
    guest.printk(ERR, f"INFO: task {kernel.program}:{PROCESS} blocked for more than 120 seconds.")
    build = oops.build(kernel, model=False).replace("  ", " ")
    guest.printk(ERR, f"      {oops.taint_letters(kernel)} {kernel.identity.release} {build}".rstrip())
    guest.printk(ERR, '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.')
    group = f"tgid:{PROCESS:<5} " if kernel.identity.features.tells_thread_group else ""
    numbers = f"pid:{PROCESS:<5} {group}ppid:{PROCESS - 1:<6} flags:0x{_WATCHED:08x}"
    guest.printk(INFO, f"task:{kernel.program:<15.15} state:D stack:0     {numbers}")
    _calls(guest)


def surroundings(guest: Guest) -> None:
    """Log what stands below a warning: modules, process, registers, trace."""
    report_modules(guest)
    _process_registers_trace(guest, None)


def report_modules(guest: Guest) -> None:
    """Log which modules there are (`print_modules()`)."""
    modules = "".join(f" {module.name}{_flags(module)}" for module in reversed(guest.kernel.modules.values()))
    guest.printk(WARNING, f"Modules linked in:{modules}")


def report_stack(guest: Guest, level: int = WARNING) -> None:
    """Log the process and the trace, nothing else (`dump_stack_lvl()`)."""
    process(guest, level)
    _calls(guest, level)


def _process_registers_trace(guest: Guest, address: int | None) -> None:
    process(guest)
    for line in guest.abi.show_registers(guest, address):
        guest.printk(WARNING, line)
    _calls(guest)


def _calls(guest: Guest, level: int = WARNING) -> None:
    kind = "IRQ" if "scheduler" in guest.__dict__ and guest.scheduler.in_interrupt else "TASK"
    for line in ("Call Trace:", f" <{kind}>", *(f" {line}" for line in trace(guest)), f" </{kind}>"):
        guest.printk(level, line)


def process(guest: Guest, level: int = WARNING) -> None:
    """Log which process it was, on which kernel and hardware."""
    for line in oops.process(guest.kernel):
        guest.printk(level, line)
    guest.printk(level, f"Hardware name: {guest.hardware.firmware.title}")
    if "scheduler" in guest.__dict__ and (work := guest.scheduler.work_at_hand):
        guest.printk(level, f"Workqueue: {work}")


def _flags(module: LoadedModule) -> str:
    letters = module_letters(module.taints) + _STATES.get(module.state, "")
    return f"({letters})" if letters else ""


def trace(guest: Guest) -> list[str]:
    """Return lines for the places on the stack that point behind a call in a module's code."""
    found: list[str] = []
    if not guest.frame:
        return found
    bottom = guest.frame[guest.abi.sp] & -8
    top = (bottom | address_space.STACK_SIZE - 1) + 1  # stacks are aligned to their size
    for at in range(bottom, top, 8):
        if not guest.memory.mapped(at, 8) or len(found) == _TRACE:
            break
        value = guest.memory.u64(at)
        module = guest.module_at(value)
        if module is not None and guest.is_code(value):
            found.append(guest.describe(value - 1))
    return found
