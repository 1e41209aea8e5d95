"""What each cause means and what to do about it: for the hints of tools and for the findings of `pymod check` alike."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

from modtools import causes
from modtools.errors import Cause
from modtools.light import NamedTuple


class Remedy(NamedTuple):
    """Format strings over the `subject` and `detail` of a cause; as a shell takes them over the `file`, the `name` that
    the subject is, and what to `run` before a tool's name: "" for a real machine.

    `what` is wrong, as a clause; `do` what helps, in sentences; `here`: what does so in pymod's machine, for its tools
    only, with `{other}` for what starts a kernel that fits the file, `{symbols}` for what names its symbols.
    """

    what: str
    do: str = ""
    here: str = ""

    def message(self, cause: Cause) -> str:
        """Return in words what a cause means."""
        return self.what.format(subject=cause.subject, detail=cause.detail)

    def advice(self, cause: Cause, file: str, run: str = "") -> str:
        """Return what helps against it; `file` is the module's, `run` stands before names of tools."""
        name = shlex.quote(cause.subject)
        return self.do.format(subject=cause.subject, name=name, detail=cause.detail, file=shlex.quote(file), run=run)


_AGAIN: Final = "Build or copy it again."
_COPY: Final = "Copy it again: it was cut off."
_HEADERS: Final = "Build it against this kernel's own headers and configuration."
_OTHER: Final = "{other} one that it fits."
_SIGN: Final = "Sign it with a key that the kernel trusts (scripts/sign-file), or enrol its key (mokutil)."
_UNSIGNED: Final = "no key that the kernel trusts has signed the module, and it loads only signed ones"
_LOG: Final = "See the kernel's log for the place in its code."

REMEDIES: Final[Mapping[causes.Kind, Remedy]] = {
    causes.NOT_ROOT: Remedy("only root may do this", "", "PYMOD_UID sets the user that the virtual kernel sees."),
    causes.MODULES_DISABLED: Remedy(
        "loading modules is disabled until the next boot (kernel.modules_disabled)",
        "Boot the machine again.",
        "`{run}boot` does so.",
    ),
    causes.SIGNATURE_BAD: Remedy(
        "the module is not what was signed, or its signature is damaged",
        "Sign it again after the last change (stripping changes it, too), or copy it again.",
    ),
    causes.SIGNATURE_ENFORCED: Remedy(_UNSIGNED, _SIGN, "After `{run}boot` without module.sig_enforce it loads."),
    causes.SIGNATURE_LOCKDOWN: Remedy(
        f"{_UNSIGNED} (lockdown={{detail}})", _SIGN, "After `{run}boot` without lockdown={detail} it loads."
    ),
    causes.COMPRESSION_REFUSED: Remedy(
        "the kernel cannot unpack the file: {detail}",
        "Compress it as this kernel wants it (`xz --check=crc32 --lzma2=dict=1MiB`), or not at all.",
    ),
    causes.ELF_TOO_SHORT: Remedy("the file is shorter than an ELF header", _AGAIN),
    causes.ELF_INVALID: Remedy("the file is no ELF file that the kernel takes: {detail}", _AGAIN),
    causes.ELF_MACHINE: Remedy(
        "the module is for another processor than the kernel: {subject}",
        "Build it for the kernel's (ARCH=, CROSS_COMPILE=).",
        _OTHER,
    ),
    causes.ELF_DAMAGED: Remedy("the file is damaged: {detail}", _AGAIN),
    causes.PARTS_MISSING: Remedy(
        "the file lacks what each module has: {detail}",
        "Do not strip it of more than debugging information (`strip --strip-debug`).",
    ),
    causes.STRUCT_SIZE: Remedy("its struct module has another size than the kernel's", _HEADERS, _OTHER),
    causes.BLACKLISTED: Remedy(
        "module_blacklist= on the kernel's command line names {subject}",
        "Boot without module_blacklist={subject}.",
        "`{run}boot --cmdline` does so.",
    ),
    causes.VERMAGIC_MISMATCH: Remedy(
        "the module was built for another kernel: its vermagic is '{subject}', and the kernel's '{detail}'",
        _HEADERS,
        _OTHER,
    ),
    causes.FORCE_NOT_ALLOWED: Remedy(
        "only force would load it ({detail}), and the kernel was built without CONFIG_MODULE_FORCE_LOAD",
        "Build it for this kernel; force is for kernels that allow it.",
    ),
    causes.LIVEPATCH_DISABLED: Remedy(
        "{subject} is a live patch, and the kernel was built without CONFIG_LIVEPATCH",
        "Use a kernel with CONFIG_LIVEPATCH.",
    ),
    causes.NAME_TAKEN: Remedy(
        "a module {subject} is there already ({detail})", "Remove it first: `{run}rmmod {name}`."
    ),
    causes.NAME_EMPTY: Remedy("the module has no name", "Build it with kbuild, which sets KBUILD_MODNAME."),
    causes.NAME_BUILT_IN: Remedy(
        "{subject} is built into this kernel",
        "It need not be loaded; to replace it, build a kernel with it as a module.",
    ),
    causes.CRC_MISMATCH: Remedy(
        "it wants another {subject} than this kernel's: their CRCs differ",
        "Build it against this kernel's own headers, configuration and Module.symvers.",
        _OTHER,
    ),
    causes.CRC_MISSING: Remedy(
        "the module has no CRC for {subject}",
        "Build it with the Module.symvers of the module that exports it (KBUILD_EXTRA_SYMBOLS).",
    ),
    causes.SYMBOL_UNKNOWN: Remedy(
        "neither the kernel nor a module that is at hand exports {subject}",
        "If another module exports it, load that first; if none does, it is gone from this kernel or renamed: build"
        " against one that has it.",
    ),
    causes.SYMBOL_NOT_KNOWN: Remedy(
        "it is not known whether this kernel exports {subject}",
        "Name the kernel's image or its Module.symvers as well.",
        "{symbols} does so.",
    ),
    causes.SYMBOL_LICENSE: Remedy(
        "{subject} is only for modules under the GPL",
        "Put MODULE_LICENSE() under a licence that is compatible, if it is yours to do so; else do without the symbol.",
    ),
    causes.SYMBOL_NAMESPACE: Remedy(
        "{subject} is in the namespace {detail}, which the module does not import",
        'Add MODULE_IMPORT_NS({detail}) to the module (with quotes since Linux 6.13: "{detail}").',
    ),
    causes.SYMBOL_OF_MODULES: Remedy(
        "{subject} is only for the modules that its namespace names ({detail})",
        "Do without it: a namespace for modules cannot be imported.",
    ),
    causes.NAMESPACE_IMPORTED: Remedy(
        "it imports {detail}, a namespace that names its modules itself", "Take MODULE_IMPORT_NS() of it out."
    ),
    causes.SYMBOL_COMMON: Remedy("{subject} is a common symbol", "Compile the module with -fno-common."),
    causes.SYMBOL_SECTION: Remedy("symbol {subject} is in section {detail}, which the file does not have", _AGAIN),
    causes.EXPORTER_LOADING: Remedy("{subject} exports what it needs, and is still loading", "Try again later."),
    causes.EXPORTER_UNLOADING: Remedy(
        "{subject} exports what it needs, and is being removed", "Load it again first: `{run}modprobe {name}`."
    ),
    causes.BTF_MISMATCH: Remedy(
        "the module's BTF was made against another kernel", "Build it against this kernel's own vmlinux.", _OTHER
    ),
    causes.EXPORT_FLAGS: Remedy("the module exports symbols, and has no section __kflagstab", _HEADERS, _OTHER),
    causes.EXPORT_DUPLICATE: Remedy(
        "it exports {subject}, which {detail} exports already",
        "Rename one of the two, or load only one of the modules.",
    ),
    causes.TOO_LARGE: Remedy("it asks for {detail}, more than the kernel has for modules", "Make it smaller."),
    causes.RELOCATION_REFUSED: Remedy(
        "the module has a relocation that the kernel refuses",
        "Build it as modules of this kernel are: by kbuild, and not with -fPIC.",
    ),
    causes.PAGE_FAULT: Remedy(
        "the kernel itself oopses on this file, at {subject}", "Do not load it: build or copy it again."
    ),
    causes.PARAMETER_INVALID: Remedy(
        "the parameter {subject} does not accept '{detail}'", "`{run}modinfo -p {file}` lists what there is."
    ),
    causes.PARAMETER_TOO_LARGE: Remedy(
        "the value of the parameter {subject} is too long", "`{run}modinfo -p {file}` lists what there is."
    ),
    causes.PARAMETER_TOO_MANY: Remedy(
        "the parameter {subject} takes fewer values than '{detail}'", "`{run}modinfo -p {file}` lists what there is."
    ),
    causes.CODE_REFUSED: Remedy(
        "{subject} returned {detail}",
        "A driver whose device is not there returns -19 (ENODEV): see the kernel's log.",
    ),
    causes.CODE_OOPSED: Remedy("{subject} oopsed", _LOG),
    causes.CODE_STUCK: Remedy("{subject} does not end", "See the kernel's log for where it goes round."),
    causes.CODE_INTERRUPTED: Remedy("{subject} waits for what never comes", "See the kernel's log."),
    causes.CODE_STOPPED: Remedy("{subject} was not run to its end: {detail}", "Try it on a real machine."),
    causes.NOT_LOADED: Remedy("{subject} is not loaded", "`{run}lsmod` lists what is."),
    causes.USED_BY_MODULES: Remedy(
        "{subject} is in use by other modules: {detail}",
        "Remove these first; `{run}modprobe -r --remove-holders {name}` does.",
    ),
    causes.REFERENCES_HELD: Remedy(
        "{subject} is in use: something holds {detail} references to it", "Close what uses it: open files, devices."
    ),
    causes.NOT_LIVE: Remedy("{subject} is still being loaded or removed ({detail})", "Try again later."),
    causes.NO_EXIT: Remedy(
        "{subject} has an init and no exit function", "It stays until the next boot.", "`{run}boot` is one."
    ),
}
"""All causes, by their kinds."""

EXPORTED: Final = Remedy(
    "{subject} is exported by {detail}, which is not loaded", "Load {file} first, or use modprobe, which does so."
)
"""Of a symbol of which it is known who exports it: `detail` is that module, `file` what to load."""
