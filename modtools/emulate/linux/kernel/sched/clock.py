"""kernel/sched/clock.c: The scheduler's clock."""

from __future__ import annotations

from modtools.emulate.linux.kernel.time.timekeeping import ktime_get
from modtools.emulate.symbols.registry import function

function("u64 sched_clock(void)", "u64 local_clock(void)")(ktime_get)
