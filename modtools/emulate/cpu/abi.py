"""What the emulated kernel has to know of a processor, as a value: how code calls, fails, and is changed.

A *frame* is the list of the values of all registers, as `Engine.registers` gives and takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.cpu.processor import Stop
    from modtools.emulate.cpu.va_list import Values
    from modtools.emulate.cpu.x86_64.engine import Engine
    from modtools.emulate.guest import Guest
    from modtools.emulate.stops import Oops
    from modtools.emulate.symbols.images import ModuleImage
    from modtools.link.memory import Memory
    from modtools.profiles.hardware import Hardware


class Abi:
    """One processor; a subclass gives all of this. (A named tuple of so many types takes long to make at each start.)

    `names` are its registers in the order of a frame. Places in a frame: `pc` of the program counter, `sp` of the stack
    pointer, `result` and `second` of what a function returns, the latter for the other word of a structure of two.
    `stop_size` are the bytes of the instruction that stands for a kernel function: the processor stops behind it.
    `engine` loads what makes a processor. `natives` is the machine code of small kernel functions, by name, in
    hexadecimal, with `{count}` and `{current}` for the per-cpu pointers of `preempt_count` and `current`, and
    `{nesting}` for the offset of `rcu_read_lock_nesting` in a task, `{spin}`, `{write}` and `{read}` for the addresses
    of the functions that wait for a lock, `{warn}` for that of the one that returns are not to use, four bytes each.

    Calls: `enter` makes a frame that of a function which is just called: memory, frame, where the stack of the caller
    ends, address, arguments. `caller` is where it returns to, `arguments` are what it was given, `leave` returns a
    result. `redirect` lets that function return to another address, `returned` tells where on the stack that stood.
    `va_list` reads the one at an address, `va_copy` without moving it on. `interruptible` tells whether
    interrupts are let in, `let_in` says so. `counts_for_ever` tells whether the code is in a loop that changes nothing
    but what it counts, and never ends by that: 0, or a number to give it the next time.

    Failures: `bug` is the length of the instruction of BUG() and WARN() where the processor stopped at one, else 0, and
    `bug_name` what an oops calls it. `instruction` does one that is the kernel's business, and tells where the code
    goes on. `fixup_at` tells where it goes on after a fault that it has foreseen. `oops` is the oops of any other stop,
    `page_fault` that of an access: address, kind, whether the page was there. `show_registers` and `show_address` are
    lines of an oops, with the address that could not be reached. `is_checked_fault` tells whether an oops is of
    an access that some kernels warn of, because it came where interrupts are disabled. In troubles named in
    `without_interrupts` the kernel has them disabled.

    Probes: `trace_size` are the bytes of the instruction that a function begins with which can be traced. `save` makes
    a `struct pt_regs` of a frame, `restore` the other way.

    Variables of each processor, by the names of their symbols: `current` is the task that runs, `preempt_count` counts
    why it may not be interrupted. `gathered` are their names as fields, for kernels that have them in a structure.

    `finish` changes a module's code as is done when that is loaded. `branch` is the instruction of a static key:
    memory, where it stands, target, whether it jumps. `trampoline` is what stands at that of a static call: where
    that is, target.
    """

    __slots__ = ()

    names: tuple[str, ...]
    pc: int
    sp: int
    result: int
    second: int
    stop_size: int
    engine: Callable[[], Callable[[Memory, Hardware, int, int], Engine]]
    natives: Mapping[str, str]

    enter: Callable[[Memory, list[int], int, int, Sequence[int]], None]
    caller: Callable[[Memory, list[int]], int]
    arguments: Callable[[Memory, list[int]], Values]
    leave: Callable[[list[int], int], None]
    redirect: Callable[[Memory, list[int], int], None]
    returned: Callable[[list[int]], int]
    trace_size: int
    save: Callable[[Guest, list[int]], int]
    restore: Callable[[Guest, int], list[int]]
    va_list: Callable[[Memory, int], Values]
    va_copy: Callable[[Memory, int], Values]
    interruptible: Callable[[list[int]], bool]
    let_in: Callable[[list[int], bool], None]
    counts_for_ever: Callable[[Guest, int], int]

    bug: Callable[[Guest, Stop, int], int]
    bug_name: str
    instruction: Callable[[Guest, Stop, int], int | None]
    fixup_at: Callable[[Guest, int], int | None]
    oops: Callable[[Guest, Stop], Oops]
    page_fault: Callable[[int, int, bool], Oops]
    is_checked_fault: Callable[[Guest, Oops], bool]
    show_registers: Callable[[Guest, int | None], list[str]]
    show_address: Callable[[int], str]
    without_interrupts: tuple[str, ...]

    current: str
    preempt_count: str
    gathered: Mapping[str, str]

    finish: Callable[[Guest, ModuleImage], None]
    branch: Callable[[Memory, int, int, bool], bytes]
    trampoline: Callable[[int, int], bytes]

    def blank(self) -> list[int]:
        """Return a frame of zeros."""
        return [0] * len(self.names)
