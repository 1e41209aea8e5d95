"""Trace events of a module that is coming.

From Linux 6.1: `kernel/module/main.c: find_module_sections()`, `kernel/trace/trace_events.c:
trace_module_add_events()`, `kernel/tracepoint.c: trace_module_has_bad_taint()`.
"""

from __future__ import annotations

from modtools.kernel.log import ERR
from modtools.kernel.module.load_info import Load

_SECTION = "_ftrace_events"


def add_trace_events(load: Load) -> None:
    """Log that a module's trace events are not made because of its taint, if it has any."""
    section = load.parsed.elf.section(_SECTION)
    if section is None or section.size < load.kernel.arch.pointer:
        return
    if load.loaded.taints & ~sum(1 << taint for taint in load.kernel.identity.features.traceable):
        load.kernel.printk(ERR, f"{load.loaded.name}: module has bad taint, not creating trace events")
