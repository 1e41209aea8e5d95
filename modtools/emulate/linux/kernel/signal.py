"""kernel/signal.c: Which signals a kernel thread takes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void kernel_sigaction(int sig, void *action)")
def kernel_sigaction(_guest: Guest, _signal: int, _action: int) -> None:
    """Do nothing: nobody can send a signal to a thread, so it does not matter which ones it takes."""
