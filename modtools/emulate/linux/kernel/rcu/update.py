"""kernel/rcu/update.c: RCU for tracing, of which no callback waits."""

from __future__ import annotations

from modtools.emulate.linux.kernel.rcu.tree import rcu_barrier
from modtools.emulate.symbols.registry import function

function("void rcu_barrier_tasks(void)", "void synchronize_rcu_tasks(void)")(rcu_barrier)
