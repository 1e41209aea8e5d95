"""The relocations of x86-64 that Linux does.

From the System V psABI for AMD64, table "Relocation Types" (S: the symbol's value, A: the addend, P: the place), and
Linux 6.1 `arch/x86/kernel/module.c: __apply_relocate_add()`. The kernel does not look whether a PC-relative value fits,
because modules lie within two gigabytes of everything that they refer to.
"""

from __future__ import annotations

from modtools.link.relocate import Rule, Rules


def fits_unsigned_32(value: int) -> bool:
    """Whether zero extension of the low 32 bits gives the value back."""
    return value < 1 << 32


def fits_signed_32(value: int) -> bool:
    """Whether sign extension of the low 32 bits gives the value back."""
    return value < 1 << 31 or value >= (1 << 64) - (1 << 31)


def _unknown(module: str, kind: int) -> tuple[str, ...]:
    return (f"module: {module}: Unknown rela relocation: {kind}",)


def _occupied(kind: int, place: int, value: int) -> tuple[str, ...]:
    """The kernel hashes the place (%p)."""
    what = f"existing value is nonzero for type {kind}, loc {place:016x}, val {value:x}"
    return (f"module: x86/modules: Skipping invalid relocation target, {what}",)


def _overflow(module: str, kind: int, value: int) -> tuple[str, ...]:
    return (
        f"module: overflow in relocation type {kind} val {value:x}",
        f"module: `{module}' likely not compiled with -mcmodel=kernel",
    )


RULES = Rules(
    types={
        0: Rule("R_X86_64_NONE", 0),
        1: Rule("R_X86_64_64", 8),  # S + A
        2: Rule("R_X86_64_PC32", 4, relative=True),  # S + A - P
        4: Rule("R_X86_64_PLT32", 4, relative=True),  # L + A - P, and L is S: the kernel has no PLT
        10: Rule("R_X86_64_32", 4, fits=fits_unsigned_32),  # S + A
        11: Rule("R_X86_64_32S", 4, fits=fits_signed_32),  # S + A
        24: Rule("R_X86_64_PC64", 8, relative=True),  # S + A - P
    },
    unknown=_unknown,
    occupied=_occupied,
    overflow=_overflow,
)
