"""kernel/fork.c: Giving up references on tasks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void __put_task_struct(struct task_struct *t)")
def put_task_struct(_guest: Guest, _task: int) -> None:
    """Do nothing: a task is freed when its thread has ended."""
