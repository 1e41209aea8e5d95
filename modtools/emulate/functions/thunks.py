"""Functions that compilers call on their own: tracing, indirect jumps and returns that resist speculation.

From Linux 6.1: `arch/x86/lib/retpoline.S`, `arch/x86/kernel/ftrace_64.S`, `kernel/panic.c: __stack_chk_fail()`. As
machine code: a plain `ret`, `jmp *reg`, `call` is what they come down to on a processor without the weakness.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, native
from modtools.emulate.stops import Needs

# `arch/x86/kernel/ftrace_64.S`
native("__fentry__", "c3")
# `arch/x86/lib/retpoline.S`
native("__x86_return_thunk", "c3")
native("__x86_indirect_thunk_rax", "ffe0")
native("__x86_indirect_thunk_rbx", "ffe3")
native("__x86_indirect_thunk_rcx", "ffe1")
native("__x86_indirect_thunk_rdx", "ffe2")
native("__x86_indirect_thunk_rsi", "ffe6")
native("__x86_indirect_thunk_rdi", "ffe7")
native("__x86_indirect_thunk_rbp", "ffe5")
native("__x86_indirect_thunk_r8", "41ffe0")
native("__x86_indirect_thunk_r9", "41ffe1")
native("__x86_indirect_thunk_r10", "41ffe2")
native("__x86_indirect_thunk_r11", "41ffe3")
native("__x86_indirect_thunk_r12", "41ffe4")
native("__x86_indirect_thunk_r13", "41ffe5")
native("__x86_indirect_thunk_r14", "41ffe6")
native("__x86_indirect_thunk_r15", "41ffe7")


@function("void __stack_chk_fail(void)")
def stack_chk_fail(_guest: Guest) -> None:
    """`kernel/panic.c`: Stop the run: the kernel's panic for a corrupted stack is not modelled."""
    raise Needs("panic (stack-protector: kernel stack is corrupted)")
