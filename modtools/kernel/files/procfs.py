"""/proc: modules, kallsyms, cmdline, version, and the switches under sys/kernel.

From Linux 6.1: `kernel/module/procfs.c: m_show()`, `kernel/kallsyms.c: s_show(), kallsyms_show_value()`,
`kernel/sysctl.c: kern_table[], proc_taint(), proc_dointvec_minmax(), _proc_do_string()`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from modtools.errors import KernelError
from modtools.kernel.files.module_files import overlay
from modtools.kernel.files.nodes import Folder, file, folder
from modtools.kernel.files.switches import (
    KPTR_RESTRICT,
    MODPROBE,
    kptr_restrict,
    levels,
    modprobe_path,
    set_levels,
    shows_addresses,
)
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.kernel.taint import module_letters
from modtools.linuxerrno import EINVAL, EIO

_STATES = {ModuleState.COMING: "Loading", ModuleState.LIVE: "Live", ModuleState.GOING: "Unloading"}
_FLAGS = {ModuleState.COMING: "+", ModuleState.LIVE: "", ModuleState.GOING: "-"}
_NUMBER = re.compile(r"\s*(0[xX][0-9a-fA-F]+|[0-9]+)(?:\s|\Z)")
_HEX = re.compile("[0-9a-f]")
_MODPROBE_SIZE = 256
"""Bytes of a path with its NUL, KMOD_PATH_LEN."""


def proc(kernel: Kernel, uid: int) -> Folder:
    """Return the folder /proc; an empty one while nothing is mounted there."""
    if "/proc" in kernel.unmounted:
        return folder(dict, hashed=False)
    own = {"kernel": lambda: overlay(kernel, "/proc/sys/kernel", _sys_kernel(kernel))}
    sysctl = overlay(kernel, "/proc/sys", folder(lambda: own, mode=0o555, hashed=False))
    return folder(
        lambda: {
            "bus": lambda: folder(lambda: {"input": lambda: _bus_input(kernel)}, mode=0o555, hashed=False),
            "cmdline": lambda: file(0o444, lambda: kernel.identity.cmdline + "\n"),
            "devices": lambda: file(0o444, lambda: _table(kernel, "devices")),
            "diskstats": lambda: file(0o444, lambda: _table(kernel, "diskstats")),
            "interrupts": lambda: file(0o444, lambda: _table(kernel, "interrupts")),
            "iomem": lambda: file(0o444, lambda: _ranges(kernel, "iomem", uid)),
            "ioports": lambda: file(0o444, lambda: _ranges(kernel, "ioports", uid)),
            "kallsyms": lambda: file(0o444, lambda: kallsyms(kernel, uid)),
            "misc": lambda: file(0o444, lambda: _table(kernel, "misc")),
            "modules": lambda: file(0o444, lambda: modules(kernel, uid)),
            "partitions": lambda: file(0o444, lambda: _table(kernel, "partitions")),
            "sys": lambda: sysctl,
            "version": lambda: file(0o444, lambda: kernel.identity.version + "\n"),
        },
        mode=0o555,
        hashed=False,
    )


def _table(kernel: Kernel, path: str) -> str:
    """Return the text of a file below /proc of what is registered. Raises KernelError where no code can be run: then
    it is not known.
    """
    if kernel.runner is None:
        raise KernelError(EIO)
    return kernel.runner.table(path)


def _bus_input(kernel: Kernel) -> Folder:
    return folder(
        lambda: {
            name: lambda name=name: file(0o444, lambda: _table(kernel, f"bus/input/{name}"))  # type: ignore[misc]
            for name in ("devices", "handlers")
        },
        mode=0o555,
        hashed=False,
    )


def _ranges(kernel: Kernel, path: str, uid: int) -> str:
    """Return the text of a file below /proc of ranges, which only root sees. (`kernel/resource.c: r_show()`)"""
    text = _table(kernel, path)
    return text if uid == 0 else re.sub(r"[0-9a-f]+-[0-9a-f]+ :", lambda found: _HEX.sub("0", found[0]), text)


def _sys_kernel(kernel: Kernel) -> Folder:
    release = kernel.identity.release
    return folder(
        lambda: {
            "hostname": lambda: file(0o444, lambda: "pymod\n"),
            "kptr_restrict": lambda: file(
                0o644,
                lambda: f"{kptr_restrict(kernel)}\n",
                lambda text: kernel.switches.update({KPTR_RESTRICT: str(_number(text, range(3)))}),
            ),
            "modprobe": lambda: file(
                0o644,
                lambda: modprobe_path(kernel) + "\n",
                lambda text: kernel.switches.update({MODPROBE: _line_of(text)}),
            ),
            "modules_disabled": lambda: file(
                0o644, lambda: f"{kernel.modules_disabled:d}\n", lambda text: _disable_modules(kernel, text)
            ),
            "osrelease": lambda: file(0o444, lambda: release + "\n"),
            "ostype": lambda: file(0o444, lambda: "Linux\n"),
            "printk": lambda: file(
                0o644, lambda: "\t".join(map(str, levels(kernel))) + "\n", lambda text: set_levels(kernel, text)
            ),
            "tainted": lambda: file(0o644, lambda: f"{kernel.taint}\n", lambda text: _taint(kernel, text)),
        },
        mode=0o555,
        hashed=False,
    )


def _number(text: str, allowed: range) -> int:
    """Return the number that is written to a switch, in C's bases. Raises KernelError(EINVAL) for one not allowed."""
    match = _NUMBER.match(text)
    if match is None:
        raise KernelError(EINVAL)
    digits = match[1].lower()
    base = 16 if digits.startswith("0x") else 8 if digits.startswith("0") else 10
    try:
        value = int(digits, base)
    except ValueError:
        raise KernelError(EINVAL) from None
    if value not in allowed:
        raise KernelError(EINVAL)
    return value


def _line_of(text: str) -> str:
    """Return what a switch that holds a path keeps of a text: the first line, cut at the switch's size."""
    line = text.partition("\n")[0].partition("\0")[0].encode("utf-8", "surrogateescape")
    return line[: _MODPROBE_SIZE - 1].decode("utf-8", "surrogateescape")


def _disable_modules(kernel: Kernel, text: str) -> None:
    """Set the switch for good: no number but 1 is taken."""
    _number(text, range(1, 2))
    kernel.modules_disabled = True


def _taint(kernel: Kernel, text: str) -> None:
    """Add those taint bits that there are; none can be removed."""
    kernel.taint |= _number(text, range(1 << 64)) & (1 << kernel.identity.features.taints) - 1


def modules(kernel: Kernel, uid: int = 0) -> str:
    """Return the text of /proc/modules, the newest module first."""
    shown = shows_addresses(kernel, uid)
    return "".join(_line(module, shown) for module in reversed(kernel.modules.values()))


def _line(module: LoadedModule, shown: bool) -> str:
    users = "".join(f"{name}," for name in module.users) + ("[permanent]," if module.permanent else "")
    address = module.address if shown else 0
    flags = f" ({module_letters(module.taints)}{_FLAGS[module.state]})" if module.taints else ""
    size, count, state = module.size, module.refcount, _STATES[module.state]
    return f"{module.name} {size} {count} {users or '-'} {state} 0x{address:016x}{flags}\n"


def kallsyms(kernel: Kernel, uid: int = 0) -> str:
    """Return the text of /proc/kallsyms: the symbols of the kernel, as far as known, then those of the modules."""
    shown = shows_addresses(kernel, uid)
    text = [_own_symbols(kernel.kallsyms, shown)]
    for module in reversed(kernel.modules.values()):
        text.append(_symbols(module.details.symbols, shown, f"\t[{module.name}]"))
    return "".join(text)


def _symbols(rows: Iterable[tuple[int, str, str]], shown: bool, owner: str = "") -> str:
    return "".join([f"{address if shown else 0:016x} {letter} {name}{owner}\n" for address, letter, name in rows])


_written: dict[bool, tuple[list[tuple[int, str, str]], str]] = {}
"""A kernel's own symbols and their text, with addresses and without. They are many, and stay the same list."""


def _own_symbols(rows: list[tuple[int, str, str]], shown: bool) -> str:
    if shown not in _written or _written[shown][0] is not rows:
        _written[shown] = rows, _symbols(rows, shown)
    return _written[shown][1]
