"""Unloading a module.

From Linux 6.1: `kernel/module/main.c: delete_module(2), try_stop_module(), free_module()`.
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.log import WARNING
from modtools.kernel.module.telling import tell_going
from modtools.kernel.module.transitions import begin_unloading
from modtools.kernel.modules import NO_INIT, InitRecord, LoadedModule, ModuleState
from modtools.kernel.runner import End, Runner, killed, reason
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.linuxerrno import EBUSY, ENOENT, EPERM, EWOULDBLOCK
from modtools.names import MODULE_NAME_LEN


def delete(kernel: Kernel, name: str, *, force: bool = False, runner: Runner | None = None, uid: int = 0) -> InitRecord:
    """Remove a module; `force` is O_TRUNC. Return how its exit went. Raises KernelError and Killed."""
    if uid or kernel.modules_disabled:
        raise KernelError(EPERM, Cause(causes.NOT_ROOT if uid else causes.MODULES_DISABLED))
    module = kernel.modules.get(name)
    if module is None or not 0 < len(name.encode("utf-8", "surrogateescape")) < MODULE_NAME_LEN:
        raise KernelError(ENOENT, Cause(causes.NOT_LOADED, name))
    if module.users:
        raise KernelError(EWOULDBLOCK, Cause(causes.USED_BY_MODULES, name, " ".join(module.users)))
    if module.state is not ModuleState.LIVE:
        raise KernelError(EBUSY, Cause(causes.NOT_LIVE, name, module.state))
    if module.permanent and not _forced(kernel, force):
        raise KernelError(EBUSY, Cause(causes.NO_EXIT, name))
    if module.refcount and not _forced(kernel, force):
        raise KernelError(EWOULDBLOCK, Cause(causes.REFERENCES_HELD, name, str(module.refcount)))
    return _remove(kernel, module, runner or kernel.runner)


def _forced(kernel: Kernel, force: bool) -> bool:
    """Taint and return True if force is asked for and the kernel was built to allow it."""
    allowed = force and kernel.identity.config.force_unload
    if allowed:
        kernel.add_taint(Taint.FORCED_RMMOD, lockdep_ok=False)
    return allowed


def _remove(kernel: Kernel, module: LoadedModule, runner: Runner | None) -> InitRecord:
    module.state, start = ModuleState.GOING, kernel.time
    module.refcount -= 1
    went = _call_exit(kernel, module, runner) if module.has_exit else NO_INIT
    if runner is not None:
        tell_going(kernel, runner, module)
        runner.forget(module)
    begin_unloading(kernel, module, kernel.time - start)
    return went


def _call_exit(kernel: Kernel, module: LoadedModule, runner: Runner | None) -> InitRecord:
    """Run exit, but not where init was not run, for exit takes back what init did. Raises Killed."""
    if module.init.how not in ("none", End.RETURNED):
        if runner is not None or kernel.no_runner:
            kernel.note(f"{module.name}: exit: not run, as init was not")
        return InitRecord("assumed", 0, "as init was not")
    if runner is None:
        if kernel.no_runner:
            kernel.note(f"{module.name}: exit: not run: {kernel.no_runner}")
        return InitRecord("assumed", 0, kernel.no_runner or "its code was not run")
    outcome = runner.exit(module)
    if outcome.end in (End.KILLED, End.STUCK):
        raise killed(outcome.end, f"{module.name}: exit", outcome.detail)
    if outcome.end is not End.RETURNED:
        kernel.printk(WARNING, f"{module.name}: exit: not run to its end, {reason(outcome)}")
    return InitRecord(outcome.end, outcome.value, outcome.detail)
