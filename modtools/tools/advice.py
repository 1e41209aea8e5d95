"""What the user can do about each cause for which the kernel refuses.

The text is empty for a cause without advice, where errno or the log says all.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from modtools import causes
from modtools.errors import Cause
from modtools.report import Hint
from modtools.tools.kernel_calls import KernelCall
from modtools.tree.index import SYMBOLS, Tree

_OTHER_KERNEL = "{path} was built for another kernel: {other} one that fits it."
_SIGNATURE = "{path} is not signed with a key that this kernel trusts; after `pymod boot` without {rule} it loads."

ADVICE: Mapping[causes.Kind, str] = {
    causes.NOT_ROOT: "Only root may do this: PYMOD_UID sets the user that the virtual kernel sees.",
    causes.MODULES_DISABLED: "Loading is disabled until the next boot (kernel.modules_disabled): `pymod boot` is one.",
    causes.SIGNATURE_BAD: "The signature of {path} is damaged: `pymod modinfo {path}` shows what it says.",
    causes.SIGNATURE_ENFORCED: _SIGNATURE.replace("{rule}", "module.sig_enforce"),
    causes.SIGNATURE_LOCKDOWN: _SIGNATURE.replace("{rule}", "lockdown={detail}"),
    causes.COMPRESSION_REFUSED: "{path} is damaged, or was not compressed as for the kernel: `xz --check=crc32`.",
    causes.ELF_TOO_SHORT: "{path} is not a module: it is shorter than an ELF header.",
    causes.ELF_INVALID: "{path} is not a module, or is damaged.",
    causes.ELF_MACHINE: "{path} is for another architecture{of_subject}: {other} its kernel.",
    causes.ELF_DAMAGED: "{path} is damaged: {detail}.",
    causes.PARTS_MISSING: "{path} lacks its symbol table or `struct module`: was it stripped?",
    causes.STRUCT_SIZE: _OTHER_KERNEL + " (Its `struct module` has another size.)",
    causes.BLACKLISTED: "module_blacklist= on the kernel's command line keeps {subject} out (`pymod boot --cmdline`).",
    causes.VERMAGIC_MISMATCH: _OTHER_KERNEL,
    causes.FORCE_NOT_ALLOWED: "Forcing a module in ({detail}) needs a kernel with CONFIG_MODULE_FORCE_LOAD.",
    causes.LIVEPATCH_DISABLED: "{subject} is a live patch, and this kernel was built without CONFIG_LIVEPATCH.",
    causes.NAME_TAKEN: "A module {subject} is there already ({detail}).",
    causes.NAME_EMPTY: "The module has no name: KBUILD_MODNAME was empty when it was compiled.",
    causes.NAME_BUILT_IN: "{subject} is built into this kernel and does not need to be loaded.",
    causes.CRC_MISMATCH: _OTHER_KERNEL + " (It wants another {subject} than this one's.)",
    causes.CRC_MISSING: "{path} has no version of {subject}: was it built without the Module.symvers of the module "
    "that exports it (KBUILD_EXTRA_SYMBOLS)?",
    causes.SYMBOL_UNKNOWN: "{subject}: {exporter}.",
    causes.SYMBOL_NOT_KNOWN: "{subject}: {exporter}.",
    causes.SYMBOL_LICENSE: "{subject} is exported only to modules with a GPL-compatible licence.",
    causes.SYMBOL_NAMESPACE: "{subject} needs MODULE_IMPORT_NS({detail}) in the module's source.",
    causes.SYMBOL_OF_MODULES: "{subject} is only for the modules that its namespace names: {detail}.",
    causes.NAMESPACE_IMPORTED: "{subject} must not import {detail}: the kernel itself knows which modules may use it.",
    causes.SYMBOL_COMMON: "{subject} is a common symbol: compile the module with -fno-common.",
    causes.SYMBOL_SECTION: "{path} is damaged: symbol {subject} is in section {detail}, which it does not have.",
    causes.EXPORTER_LOADING: "{subject} is still loading.",
    causes.EXPORTER_UNLOADING: "{subject} is being removed.",
    causes.BTF_MISMATCH: _OTHER_KERNEL + " (Its BTF does not fit.)",
    causes.EXPORT_FLAGS: _OTHER_KERNEL + " (It has no flags for the symbols that it exports.)",
    causes.EXPORT_DUPLICATE: "{subject} is exported by {detail} already.",
    causes.TOO_LARGE: "The module asks for {detail}, more than the kernel has for all modules.",
    causes.RELOCATION_REFUSED: "{path} is damaged, or was not compiled as a module of this kernel.",
    causes.PAGE_FAULT: "",
    causes.PARAMETER_INVALID: "The parameter {subject} does not accept `{detail}`: see `pymod modinfo -p {path}`.",
    causes.PARAMETER_TOO_LARGE: "`{detail}` is too long for the parameter {subject}.",
    causes.CODE_REFUSED: "{subject} returned {detail}.",
    causes.CODE_OOPSED: "",
    causes.CODE_STUCK: "",
    causes.CODE_INTERRUPTED: "",
    causes.CODE_STOPPED: "{subject} stopped: {detail}.",
    causes.NOT_LOADED: "`pymod lsmod` shows which modules are loaded.",
    causes.USED_BY_MODULES: "Remove its users first ({detail}), or `pymod modprobe -r --remove-holders {subject}`.",
    causes.REFERENCES_HELD: "{subject} is in use: something holds {detail} references to it.",
    causes.NOT_LIVE: "{subject} is still being loaded or removed ({detail}).",
    causes.NO_EXIT: "{subject} has an init and no exit function: it stays until the next `pymod boot`.",
}
"""What to advise, as format strings: `subject` and `detail` of the cause, the `path` of the file that was given."""


class _Commands(NamedTuple):
    """What to type, and what that does: for a kernel that fits a module (`other`), for more symbols (`symbols`), and to
    have a symbol's exporter loaded (`before`).
    """

    other: str
    symbols: str
    before: str


_OF_MACHINE = _Commands("`pymod boot --like {path}` starts", "`pymod boot --symvers`", "so `pymod modprobe {0}` first")
_OF_ONE_COMMAND = _Commands("`--kernel {path}` is", "`--kernel Module.symvers`", "and `modprobe` would load {0} before")
"""For a kernel that is there for one command only, by `--kernel`."""

_NOWHERE = {causes.SYMBOL_UNKNOWN, causes.SYMBOL_NOT_KNOWN}
_MOST = 3
"""Hints for one refusal."""


def hints(refused: KernelCall, tree: Tree, *, passing: bool = False) -> Iterator[Hint]:
    """Yield what to say about what the kernel refused; `tree` knows which modules export what.

    The log of a kernel that is `passing` nobody can look at later.
    """
    commands = _OF_ONE_COMMAND if passing else _OF_MACHINE
    texts = dict.fromkeys(filter(None, (_text(cause, refused.path, tree, commands) for cause in refused.causes)))
    for text in list(texts)[:_MOST]:
        yield Hint(text)
    if len(texts) > _MOST:
        yield Hint(f"({len(texts) - _MOST} more of this kind.)")
    if refused.causes and refused.log and not passing:
        yield Hint("`pymod dmesg` shows what the kernel said, `pymod explain` what that means.")


def _text(cause: Cause, path: str, tree: Tree, commands: _Commands) -> str:
    subject, detail = cause.subject, cause.detail
    quoted = shlex.quote(path or subject)
    return ADVICE[cause.kind].format(
        path=quoted,
        subject=subject,
        detail=detail,
        of_subject=f" ({subject})" if subject else "",
        exporter=_exporter(cause, tree, commands) if cause.kind in _NOWHERE else "",
        other=commands.other.format(path=quoted),
    )


def _exporter(cause: Cause, tree: Tree, commands: _Commands) -> str:
    """Return in words who exports a symbol that is not known to the kernel, by the tree's index."""
    modules = tree.matching(SYMBOLS, f"symbol:{cause.subject}")
    if modules:
        return f"{modules[0]} exports it, {commands.before.format(modules[0])}"
    if cause.kind == causes.SYMBOL_NOT_KNOWN:
        return f"what exports it is not known: a module that is not loaded, or the kernel ({commands.symbols})"
    return f"neither the kernel nor a loaded module exports it, and no module in {tree.folder}"
