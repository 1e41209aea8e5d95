"""mm/mmu_notifier.c: Notifiers of changes of a process's memory."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void mmu_notifier_synchronize(void)")
def mmu_notifier_synchronize(_guest: Guest) -> None:
    """Return at once: nobody reads the notifiers."""
