"""drivers/tty/vt/vt.c: The virtual consoles: which is in front, and notifiers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import function, variable


@variable("fg_console", 4)
def fg_console(_guest: Guest, _address: int) -> None:
    """Leave `fg_console` 0: the first console is in front."""


function("int register_vt_notifier(struct notifier_block *nb)")(notifier.registering("vt"))
function("int unregister_vt_notifier(struct notifier_block *nb)")(notifier.unregistering("vt"))
