"""lib/dump_stack.c: The stack in the log."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_stack
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void dump_stack(void)")
def dump_stack(guest: Guest) -> None:
    """Log which process runs, and its call trace."""
    report_stack(guest)
