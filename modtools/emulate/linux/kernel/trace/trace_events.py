"""kernel/trace/trace_events.c: Switching events on and off in a buffer of traces."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT


@function("int trace_array_set_clr_event(struct trace_array *tr, const char *system, const char *event, bool enable)")
def trace_array_set_clr_event(_guest: Guest, buffer: int, _system: int, _event: int, _enable: int) -> int:
    """Return 0, or -ENOENT without a buffer. Nothing is traced, as nobody can read it."""
    return 0 if buffer else -ENOENT
