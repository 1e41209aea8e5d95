"""Undefined symbols: who exports them, and whether this module may use them.

From Linux 6.1: `kernel/module/main.c: find_symbol(), resolve_symbol(), ref_module(), verify_exported_symbols()`,
`kernel/module/version.c: check_version()`. Linux 6.19: `kernel/module/main.c: verify_module_namespace()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.kernel.log import ERR, WARNING
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.linuxerrno import EBUSY, EINVAL, ENOENT, ENOEXEC, EPERM
from modtools.profiles.exports import ExportedSymbol

MODULE_NAMESPACE = "module:"
"""What the namespaces begin with that say which modules they are for."""


@dataclass(slots=True)
class Requester:
    """The module that asks for symbols: its CRCs by symbol (None: it has no __versions), the namespaces that it
    imports, and `label`, the name that version messages use. `extended`: the CRCs are from the extended tables.
    """

    module: LoadedModule
    label: str
    versions: Mapping[str, int] | None
    namespaces: Iterable[str] = ()
    extended: bool = False
    causes: list[Cause] = field(default_factory=list)
    uses_gpl_only: bool = False


def find(kernel: Kernel, name: str, *, gpl_ok: bool = True) -> tuple[ExportedSymbol, LoadedModule | None] | None:
    """Return a symbol and its owner (None: the kernel proper), looked for in the kernel first, then in the newest
    module.
    """
    symbol = kernel.symbols.get(name)
    if symbol is not None and (gpl_ok or not symbol.gpl):
        return symbol, None
    for module in reversed(kernel.modules.exporters(name)):
        symbol = module.exports[name]
        if gpl_ok or not symbol.gpl:
            return symbol, module
    return None


def resolve(kernel: Kernel, asker: Requester, name: str) -> ExportedSymbol | None:
    """Return the symbol of a name, with a reference taken on its owner; None if nobody exports it to this module.

    Raises KernelError when it is there but must not be used.
    """
    found = find(kernel, name, gpl_ok=not asker.module.taints >> Taint.PROPRIETARY_MODULE & 1)
    if found is None:
        return None
    symbol, owner = found
    asker.uses_gpl_only = asker.uses_gpl_only or symbol.gpl
    if owner is not None and not _inherits_taint(kernel, asker, owner, name):
        return None
    if not version_fits(kernel, asker, symbol):
        raise KernelError(EINVAL, version_cause(asker, name))
    if symbol.namespace and not _may_use(kernel, asker, symbol.namespace):
        _complain_namespace(kernel, asker, symbol)
        raise KernelError(EINVAL, _namespace_cause(kernel, symbol))
    if owner is not None:
        take_reference(asker.module, owner)
    return symbol


def plain(kernel: Kernel, asker: Requester) -> Callable[[str], ExportedSymbol | None]:
    """Return what resolves, quickly, the names of nearly all symbols: those of the kernel proper of which all fits.

    None is an answer for any other name, which `resolve` has to look at.
    """
    get, module, versions = kernel.symbols.get, asker.module, asker.versions or {}
    compared, barred = kernel.identity.config.modversions, 1 << Taint.PROPRIETARY_MODULE

    def found(name: str) -> ExportedSymbol | None:
        symbol = get(name)
        if symbol is None or symbol.namespace or (symbol.gpl and module.taints & barred):
            return None
        if compared and symbol.crc is not None and versions.get(name) != symbol.crc:
            return None
        asker.uses_gpl_only = asker.uses_gpl_only or symbol.gpl
        return symbol

    return found


def _namespace_cause(kernel: Kernel, symbol: ExportedSymbol) -> Cause:
    """Return why the namespace of a symbol bars it: it was not imported, or is for other modules."""
    closed = kernel.identity.features.module_namespaces and symbol.namespace.startswith(MODULE_NAMESPACE)
    return Cause(causes.SYMBOL_OF_MODULES if closed else causes.SYMBOL_NAMESPACE, symbol.name, symbol.namespace)


def _may_use(kernel: Kernel, asker: Requester, namespace: str) -> bool:
    """Return whether a module may use the symbols of a namespace: it imports it, or is among the modules it is for."""
    features = kernel.identity.features
    if not features.namespaces:
        return True
    return (features.module_namespaces and is_for_module(namespace, asker.module.name)) or namespace in asker.namespaces


def is_for_module(namespace: str, module: str) -> bool:
    """Return whether a namespace is one for modules (`module:a,b-*`), of which this one is named. A dash counts as an
    underscore, and at the end of a name `*` stands for anything.
    """
    prefix, _, patterns = namespace.partition(MODULE_NAMESPACE)
    if prefix or not namespace:
        return False
    name = module.replace("-", "_")
    for pattern in patterns.replace("-", "_").split(","):
        if name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern:
            return True
    return False


def check_imports(kernel: Kernel, module: LoadedModule, namespaces: Iterable[str]) -> None:
    """Refuse a module that imports a namespace for modules: those are never imported. Raises KernelError(EPERM)."""
    for namespace in namespaces:
        if namespace.startswith(MODULE_NAMESPACE):
            kernel.printk(ERR, f"{module.name}: module tries to import module namespace: {namespace}")
            raise KernelError(EPERM, Cause(causes.NAMESPACE_IMPORTED, module.name, namespace))


def _complain_namespace(kernel: Kernel, asker: Requester, symbol: ExportedSymbol) -> None:
    name, namespace = symbol.name, symbol.namespace
    text = f"module uses symbol ({name}) from namespace {namespace}, but does not import it."
    kernel.printk(ERR, f"{asker.module.name}: {text}")


def _inherits_taint(kernel: Kernel, asker: Requester, owner: LoadedModule, name: str) -> bool:
    """Return whether a symbol of a proprietary module may be used. Its user becomes proprietary, and may not use
    GPL-only symbols, too.
    """
    bit = 1 << Taint.PROPRIETARY_MODULE
    if not owner.taints & bit or not kernel.identity.features.inherits_proprietary:
        return True
    module = asker.module
    if asker.uses_gpl_only:
        text = f"module using GPL-only symbols uses symbols {name} from proprietary module {owner.name}."
        kernel.printk(ERR, f"{module.name}: {text}")
        return False
    if not module.taints & bit:
        text = f"module uses symbols {name} from proprietary module {owner.name}, inheriting taint."
        kernel.printk(WARNING, f"{module.name}: {text}")
        module.taints |= bit
    return True


def version_fits(kernel: Kernel, asker: Requester, symbol: ExportedSymbol) -> bool:
    """Return whether CRCs agree where both sides have one. A module without any is forced in, with a taint."""
    if not kernel.identity.config.modversions or symbol.crc is None:
        return True
    if asker.versions is None:
        return force_load(kernel, asker.module, asker.label, symbol.name)
    wanted = asker.versions.get(symbol.name)
    if wanted == symbol.crc:
        return True
    if wanted is not None:
        kernel.printk(WARNING, f"{asker.label}: disagrees about version of symbol {symbol.name}")
        return False
    what = f"no {'extended ' if asker.extended else ''}symbol version for"
    if kernel.identity.features.refuses_missing_crcs and not asker.extended:
        kernel.printk(WARNING, f"{asker.label}: {what} {symbol.name}")
        return False
    kernel.printk_once(what, WARNING, f"{asker.label}: {what} {symbol.name}")
    return True


def version_cause(asker: Requester, name: str) -> Cause:
    """Return why the version of a symbol does not fit: it is another one, or the module has none."""
    return Cause(causes.CRC_MISMATCH if name in (asker.versions or {}) else causes.CRC_MISSING, name)


def force_load(kernel: Kernel, module: LoadedModule, label: str, reason: str) -> bool:
    """Taint, and return True, if the kernel was built to load in spite of `reason` (CONFIG_MODULE_FORCE_LOAD)."""
    if not kernel.identity.config.force_load:
        return False
    if not kernel.tainted(Taint.FORCED_MODULE):
        kernel.printk(WARNING, f"{label}: {reason}: kernel tainted.")
    taint_module(kernel, module, Taint.FORCED_MODULE, lockdep_ok=False)
    return True


def taint_module(kernel: Kernel, module: LoadedModule, taint: Taint, *, lockdep_ok: bool = True) -> None:
    """Set a taint bit on the kernel and on the module."""
    kernel.add_taint(taint, lockdep_ok=lockdep_ok)
    module.taints |= 1 << taint


def take_reference(user: LoadedModule, owner: LoadedModule) -> None:
    """Note that `user` uses `owner`, once. Raises KernelError while the owner is not live."""
    if owner.name in user.uses:
        return
    if owner.state is ModuleState.COMING:
        raise KernelError(EBUSY, Cause(causes.EXPORTER_LOADING, owner.name))
    if owner.state is not ModuleState.LIVE:
        raise KernelError(ENOENT, Cause(causes.EXPORTER_UNLOADING, owner.name))
    owner.refcount += 1
    owner.users.insert(0, user.name)
    user.uses.insert(0, owner.name)


def drop_references(kernel: Kernel, user: LoadedModule) -> None:
    """Give back all references that a module has taken with `take_reference`."""
    for name in user.uses:
        owner = kernel.modules[name]
        owner.refcount -= 1
        owner.users.remove(user.name)
    user.uses.clear()


def check_exports(kernel: Kernel, module: LoadedModule) -> None:
    """Raise KernelError(ENOEXEC) if a symbol of this module is exported already."""
    for name in module.exports:
        found = find(kernel, name)
        if found is not None:
            owner = found[1].name if found[1] else "kernel"
            kernel.printk(ERR, f"{module.name}: exports duplicate symbol {name} (owned by {owner})")
            raise KernelError(ENOEXEC, Cause(causes.EXPORT_DUPLICATE, name, owner))
