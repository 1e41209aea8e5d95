"""arch/x86/lib/retpoline.S: Indirect jumps and returns that resist speculation, which compilers call.

As
machine code: a plain `ret`, `jmp *reg`, `call` is what they come down to on a processor without the weakness.
"""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

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
