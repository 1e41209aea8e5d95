"""lib/kobject_uevent.c: Events of kobjects, to which nobody listens."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view

_VARIABLES, _LETTERS = 64, 2048
"""UEVENT_NUM_ENVP and UEVENT_BUFFER_SIZE."""


@function("int kobject_uevent(struct kobject *kobj, enum kobject_action action)")
def kobject_uevent(_guest: Guest, _address: int, _action: int) -> int:
    """Return 0: nobody listens to uevents."""
    return 0


@function("int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char **envp)")
def kobject_uevent_env(_guest: Guest, _address: int, _action: int, _env: int) -> int:
    """Return 0: nobody listens to uevents."""
    return 0


def add_variable(guest: Guest, environment: int, text: bytes) -> int:
    """Add a variable to an event; return 0. One for which there is no room stops the run."""
    env = view(guest, "kobj_uevent_env", environment)
    pointers, texts = env.address("envp"), env.address("buf")
    if env.envp_idx >= _VARIABLES or env.buflen + len(text) >= _LETTERS:
        raise Needs("the warning about an event with too many variables")
    guest.memory.write(texts + env.buflen, text + b"\0")
    guest.memory.put(pointers + 8 * env.envp_idx, texts + env.buflen, 8)
    env.envp_idx += 1
    env.buflen += len(text) + 1
    return 0


@function("int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...)")
def add_uevent_var(guest: Guest, environment: int, fmt: int, values: Values) -> int:
    """Add a formatted variable to an event; return 0."""
    return add_variable(guest, environment, vsprintf(guest, guest.memory.text(fmt), values))
