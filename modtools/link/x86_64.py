"""The relocations of x86-64 that Linux does.

From the System V psABI for AMD64, table "Relocation Types" (S: the symbol's value, A: the addend, P: the place), and
Linux 6.1 `arch/x86/kernel/module.c: __apply_relocate_add()`. The kernel does not look whether a PC-relative value fits,
because modules lie within two gigabytes of everything that they refer to. It hashes the place of a relocation that it
does not do (%p).
"""

from __future__ import annotations

from modtools.link.relocations import BYTES_4, BYTES_8, NOTHING, Relocations, Rule, signed, unsigned

_RULES = {
    0: Rule("R_X86_64_NONE", NOTHING),
    1: Rule("R_X86_64_64", BYTES_8),  # S + A
    2: Rule("R_X86_64_PC32", BYTES_4, relative=True),  # S + A - P
    4: Rule("R_X86_64_PLT32", BYTES_4, relative=True),  # L + A - P, and L is S: the kernel has no PLT
    10: Rule("R_X86_64_32", BYTES_4, fits=unsigned(32)),  # S + A
    11: Rule("R_X86_64_32S", BYTES_4, fits=signed(32)),  # S + A
    24: Rule("R_X86_64_PC64", BYTES_8, relative=True),  # S + A - P
}

RELOCATIONS = Relocations(
    frozenset(_RULES),
    "module: {module}: Unknown rela relocation: {kind}",
    rules=_RULES,
    occupied=(
        "module: x86/modules: Skipping invalid relocation target,"
        " existing value is nonzero for type {kind}, loc {place:016x}, val {value:x}",
    ),
    overflow=(
        "module: overflow in relocation type {kind} val {value:x}",
        "module: `{module}' likely not compiled with -mcmodel=kernel",
    ),
)
