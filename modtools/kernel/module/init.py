"""The last step: init runs, and the module is live or gone.

From Linux 6.1 and 7.1: `kernel/module/main.c: do_init_module()`.
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, KernelError, Killed
from modtools.kernel.log import WARNING
from modtools.kernel.module.load_info import Load
from modtools.kernel.module.telling import tell_live
from modtools.kernel.module.transitions import begin_loading
from modtools.kernel.modules import InitRecord
from modtools.kernel.oops import process
from modtools.kernel.runner import INTERRUPTED, End, killed, reason
from modtools.linuxerrno import EBUSY, EEXIST


def run_init(load: Load) -> None:
    """Run the module's init. A negative value fails the load; a positive one is only logged."""
    loaded, start = load.loaded, load.kernel.time
    loaded.init = _call(load)
    value, function = loaded.init.value, f"{loaded.name}: init"
    if loaded.init.how in (End.KILLED, End.STUCK):
        # Nobody takes anything back: the module stays in the middle of loading for good.
        load.undo.clear()
        raise killed(End(loaded.init.how), function, loaded.init.detail)
    if value < 0:
        loaded.refcount -= 1
    if value < 0 and loaded.init.detail == INTERRUPTED:
        raise Killed(Cause(causes.CODE_INTERRUPTED, function))
    if value < 0:
        number = EBUSY if value == -EEXIST and load.kernel.identity.features.keeps_eexist else -value
        raise KernelError(number, Cause(causes.CODE_REFUSED, function, str(value)))
    if value > 0:
        _warn_of_value(load, value)
    if load.runner is not None:
        tell_live(load)
        load.runner.live(loaded)
    begin_loading(load.kernel, loaded, load.kernel.time - start)


def _warn_of_value(load: Load, value: int) -> None:
    kernel, name = load.kernel, load.loaded.name
    text = f"init suspiciously returned {value}, it should follow 0/-E convention"
    if kernel.identity.features.terse_on_init:
        kernel.printk(WARNING, f"{name}: {text}")
        return
    kernel.printk(WARNING, f"do_init_module: '{name}'->{text}\ndo_init_module: loading module anyway...")
    for line in process(kernel):
        kernel.printk(WARNING, line)


def _call(load: Load) -> InitRecord:
    if not load.loaded.has_init:
        return InitRecord("none")
    name, kernel = load.loaded.name, load.kernel
    if load.runner is None:
        why = load.not_run or kernel.no_runner
        if why:
            kernel.note(f"{name}: init: not run, assumed to return 0: {why}")
        return InitRecord("assumed", 0, why or "its code was not run")
    outcome = load.runner.init(load.loaded)
    if outcome.end in (End.NEEDS, End.FAILED):
        kernel.printk(WARNING, f"{name}: init: not run to its end, {reason(outcome)}")
    return InitRecord(outcome.end, outcome.value, outcome.detail)
