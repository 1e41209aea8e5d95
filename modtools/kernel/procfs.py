"""/proc: modules, kallsyms, cmdline, version, and the switches under sys/kernel.

From Linux 6.1: `kernel/module/procfs.c: m_show()`, `kernel/kallsyms.c: s_show()`, `kernel/sysctl.c: proc_taint(),
modules_disabled`.
"""

from __future__ import annotations

from modtools import linuxerrno as errno
from modtools.errors import KernelError
from modtools.kernel.files import Folder, file, folder
from modtools.kernel.state import Kernel, LoadedModule, ModuleState
from modtools.kernel.taint import Taint, module_letters

_STATES = {ModuleState.COMING: "Loading", ModuleState.LIVE: "Live", ModuleState.GOING: "Unloading"}
_FLAGS = {ModuleState.COMING: "+", ModuleState.LIVE: "", ModuleState.GOING: "-"}


def proc(kernel: Kernel, uid: int) -> Folder:
    """The folder /proc; an empty one while nothing is mounted there."""
    if "/proc" in kernel.unmounted:
        return folder(dict, hashed=False)
    sysctl = folder(lambda: {"kernel": lambda: _sys_kernel(kernel)}, mode=0o555, hashed=False)
    return folder(
        lambda: {
            "cmdline": lambda: file(0o444, lambda: kernel.identity.cmdline + "\n"),
            "kallsyms": lambda: file(0o444, lambda: kallsyms(kernel, uid)),
            "modules": lambda: file(0o444, lambda: modules(kernel, uid)),
            "sys": lambda: sysctl,
            "version": lambda: file(0o444, lambda: kernel.identity.version + "\n"),
        },
        mode=0o555,
        hashed=False,
    )


def _sys_kernel(kernel: Kernel) -> Folder:
    release = kernel.identity.release
    return folder(
        lambda: {
            "hostname": lambda: file(0o444, lambda: "pymod\n"),
            "modules_disabled": lambda: file(
                0o644, lambda: f"{kernel.modules_disabled:d}\n", lambda text: _disable_modules(kernel, text)
            ),
            "osrelease": lambda: file(0o444, lambda: release + "\n"),
            "ostype": lambda: file(0o444, lambda: "Linux\n"),
            "tainted": lambda: file(0o644, lambda: f"{kernel.taint}\n", lambda text: _taint(kernel, text)),
        },
        mode=0o555,
        hashed=False,
    )


def _number(text: str) -> int:
    try:
        return int(text.strip(), 0)
    except ValueError:
        raise KernelError(errno.EINVAL) from None


def _disable_modules(kernel: Kernel, text: str) -> None:
    """The switch can only be set: once 1, it stays."""
    value = _number(text)
    if value != 1 and not (value == 0 and not kernel.modules_disabled):
        raise KernelError(errno.EINVAL)
    kernel.modules_disabled = bool(value)


def _taint(kernel: Kernel, text: str) -> None:
    """Bits can be added, never taken away."""
    value = _number(text)
    if value < 0 or value >> len(Taint):
        raise KernelError(errno.EINVAL)
    kernel.taint |= value


def modules(kernel: Kernel, uid: int = 0) -> str:
    """The text of /proc/modules, newest module first; only root sees addresses."""
    return "".join(_line(module, uid) for module in reversed(kernel.modules.values()))


def _line(module: LoadedModule, uid: int) -> str:
    users = "".join(f"{name}," for name in module.users) + ("[permanent]," if module.permanent else "")
    address = 0 if uid else module.core_base
    flags = f" ({module_letters(module.taints)}{_FLAGS[module.state]})" if module.taints else ""
    size, count, state = module.size, module.refcount, _STATES[module.state]
    return f"{module.name} {size} {count} {users or '-'} {state} 0x{address:016x}{flags}\n"


def kallsyms(kernel: Kernel, uid: int = 0) -> str:
    """The text of /proc/kallsyms: the symbols that the kernel exports, as far as known, then those of the modules."""
    known = sorted(kernel.symbols, key=lambda symbol: symbol.address or 0)
    lines = [f"{0 if uid else s.address or 0:016x} {s.type.replace('?', 'T')} {s.name}\n" for s in known]
    for module in reversed(kernel.modules.values()):
        for address, letter, name in module.details.symbols:
            lines.append(f"{0 if uid else address:016x} {letter} {name}\t[{module.name}]\n")
    return "".join(lines)
