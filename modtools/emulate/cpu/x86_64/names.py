"""The registers of x86-64, by name and by their place in a frame.

The numbers of the instruction set are those of Intel's Software Developer's Manual, volume 2, "ModR/M and SIB Bytes".
"""

from __future__ import annotations

NAMES = tuple("rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip eflags".split())
"""The registers in the order of a frame."""
RAX, RCX, RDX, RDI, RSP, RIP, EFLAGS = (NAMES.index(name) for name in "rax rcx rdx rdi rsp rip eflags".split())

NUMBERS = [NAMES.index(name) for name in "rax rcx rdx rbx rsp rbp rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split()]
"""Where a register of the instruction set's numbering stands in a frame."""

INTERRUPTS = 1 << 9
"""The flag of EFLAGS that lets interrupts in (IF)."""
