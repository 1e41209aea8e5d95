"""lib/kobject_uevent.c: Events of kobjects, to which nobody listens."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("int kobject_uevent(struct kobject *kobj, enum kobject_action action)")
def kobject_uevent(_guest: Guest, _address: int, _action: int) -> int:
    """Return 0: nobody listens to uevents."""
    return 0


@function("int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char **envp)")
def kobject_uevent_env(_guest: Guest, _address: int, _action: int, _env: int) -> int:
    """Return 0: nobody listens to uevents."""
    return 0
