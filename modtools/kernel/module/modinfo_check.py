"""What a module says of itself in .modinfo, and what the kernel makes of it.

From Linux 6.1 and 6.12: `kernel/module/main.c: check_modinfo(), set_license(), module_augment_kernel_taints()`,
`kernel/module/version.c: same_magic()`, `include/linux/license.h`, `arch/x86/kernel/cpu/bugs.c: retpoline_module_ok()`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.log import ERR, NOTICE, WARNING
from modtools.kernel.module.resolve import taint_module
from modtools.kernel.modules import LoadedModule
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.linuxerrno import ENOEXEC

_PROPRIETARY = frozenset(("driverloader", "lve"))
"""Modules that are proprietary, whatever their license says, from Linux 4.19 to 7.1."""
_LOADS_PROPRIETARY = "ndiswrapper"
"""A module that loads proprietary ones, and may use symbols for the GPL itself."""
GPL_COMPATIBLE = frozenset(
    {"GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"}
)


def same_magic(one: str, other: str, versioned: bool) -> bool:
    """Return whether two vermagics agree; with `versioned` only what follows the first blank counts."""
    if versioned:
        one, other = one[one.find(" ") :] if " " in one else "", other[other.find(" ") :] if " " in other else ""
    return one == other


def check_vermagic(
    kernel: Kernel, vermagic: str | None, label: str, versioned: bool, force: Callable[[str], None]
) -> None:
    """Refuse another vermagic than the kernel's. Its release does not count if `versioned`: CRCs are compared then."""
    wanted = kernel.identity.vermagic
    if vermagic is None:
        force("bad vermagic")
    elif not same_magic(vermagic, wanted, versioned):
        kernel.printk(ERR, f"{label}: version magic '{vermagic}' should be '{wanted}'")
        raise KernelError(ENOEXEC, Cause(causes.VERMAGIC_MISMATCH, vermagic, wanted))


def taint_out_of_tree(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Taint for a module that was built outside of the kernel's tree."""
    if "intree" not in fields:
        if not kernel.tainted(Taint.OOT_MODULE):
            kernel.printk(WARNING, f"{loaded.name}: loading out-of-tree module taints kernel.")
        taint_module(kernel, loaded, Taint.OOT_MODULE)


def warn_retpoline(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Warn of a module that was built without retpolines."""
    if kernel.identity.config.retpoline and "retpoline" not in fields:
        kernel.printk(ERR, "Spectre V2 : System may be vulnerable to spectre v2")
        kernel.printk(WARNING, f"{loaded.name}: loading module not compiled with retpoline compiler.")


def taint_staging(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Taint for a module from the staging directory."""
    if "staging" in fields:
        taint_module(kernel, loaded, Taint.CRAP)
        text = "module is from the staging directory, the quality is unknown, you have been warned."
        kernel.printk(WARNING, f"{loaded.name}: {text}")


def check_livepatch(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Refuse a live patch where the kernel was built without them."""
    if "livepatch" in fields and not kernel.identity.config.livepatch:
        text = "module is marked as livepatch module, but livepatch support is disabled"
        kernel.printk_unfinished(ERR, f"{loaded.name}: {text}")
        raise KernelError(ENOEXEC, Cause(causes.LIVEPATCH_DISABLED, loaded.name))


def taint_livepatch(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Taint for a live patch, and log that once in a boot."""
    if "livepatch" in fields:
        taint_module(kernel, loaded, Taint.LIVEPATCH)
        kernel.printk_once("livepatch", NOTICE, f"{loaded.name}: tainting kernel with TAINT_LIVEPATCH")


def taint_license(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Taint for a license that is not compatible with the GPL, or none."""
    text = fields.get("license", "unspecified")
    if text in GPL_COMPATIBLE:
        return
    if not kernel.tainted(Taint.PROPRIETARY_MODULE):
        kernel.printk(WARNING, f"{loaded.name}: module license '{text}' taints kernel.")
    taint_module(kernel, loaded, Taint.PROPRIETARY_MODULE, lockdep_ok=False)


def taint_name(kernel: Kernel, loaded: LoadedModule, _: Mapping[str, str]) -> None:
    """Taint for a module that loads what is proprietary, or that says it is not and is."""
    if loaded.name in _PROPRIETARY:
        taint_module(kernel, loaded, Taint.PROPRIETARY_MODULE, lockdep_ok=False)
    elif loaded.name == _LOADS_PROPRIETARY:
        kernel.add_taint(Taint.PROPRIETARY_MODULE, lockdep_ok=False)


def taint_test(kernel: Kernel, loaded: LoadedModule, fields: Mapping[str, str]) -> None:
    """Taint for a module that is a test."""
    if "test" in fields:
        if not kernel.tainted(Taint.TEST):
            kernel.printk(WARNING, f"{loaded.name}: loading test module taints kernel.")
        taint_module(kernel, loaded, Taint.TEST)
