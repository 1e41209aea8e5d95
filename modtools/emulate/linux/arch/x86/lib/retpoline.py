"""arch/x86/lib/retpoline.S: Indirect jumps and returns that resist speculation, which compilers call.

As machine code: a plain `ret`, `jmp *reg`, `call` is what they come down to on a processor without the weakness.
"""

from __future__ import annotations

from modtools.emulate.symbols.registry import native

native("__x86_return_thunk")
native("__x86_indirect_thunk_rax")
native("__x86_indirect_thunk_rbx")
native("__x86_indirect_thunk_rcx")
native("__x86_indirect_thunk_rdx")
native("__x86_indirect_thunk_rsi")
native("__x86_indirect_thunk_rdi")
native("__x86_indirect_thunk_rbp")
native("__x86_indirect_thunk_r8")
native("__x86_indirect_thunk_r9")
native("__x86_indirect_thunk_r10")
native("__x86_indirect_thunk_r11")
native("__x86_indirect_thunk_r12")
native("__x86_indirect_thunk_r13")
native("__x86_indirect_thunk_r14")
native("__x86_indirect_thunk_r15")
