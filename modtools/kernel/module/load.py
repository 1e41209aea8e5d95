"""Loading a module: a list of steps in the kernel's own order.

From Linux 6.1 and 6.12: `kernel/module/main.c: load_module()` and what it calls. A step changes the `Load`, logs,
taints, or raises KernelError. What it reserves it notes in `undo`; log lines and taints stay when a load fails, as in
Linux.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial

from modtools import causes
from modtools.errors import Cause, FormatError, KernelError
from modtools.finit import COMPRESSED_FILE, IGNORE_MODVERSIONS, IGNORE_VERMAGIC
from modtools.formats.elf import ElfFile
from modtools.kernel.log import ERR, NOTICE, WARNING
from modtools.kernel.module import elfcheck, modinfo_check, place_module, signing
from modtools.kernel.module.btf import add_btf
from modtools.kernel.module.decompress import decompress
from modtools.kernel.module.elfcheck import check_file, check_file_and_parts, check_file_with_struct
from modtools.kernel.module.init import run_init
from modtools.kernel.module.load_info import Load
from modtools.kernel.module.relocation import choose_runner, refusal, relocate
from modtools.kernel.module.resolve import (
    Requester,
    check_exports,
    check_imports,
    drop_references,
    force_load,
    taint_module,
    version_cause,
    version_fits,
)
from modtools.kernel.module.telling import tell_coming
from modtools.kernel.module.tracing import add_trace_events
from modtools.kernel.module.undefined import resolve_all
from modtools.kernel.modules import LoadedModule, ModuleState
from modtools.kernel.oops import page_fault, warn
from modtools.kernel.params.args import parse_args
from modtools.kernel.params.declared import parameters
from modtools.kernel.params.live_params import set_parameter
from modtools.kernel.runner import Runner
from modtools.kernel.space import copy_of_file
from modtools.kernel.state import Kernel
from modtools.kernel.taint import Taint
from modtools.link.memory import Fault
from modtools.link.relocations import Refused
from modtools.linuxerrno import EBUSY, EEXIST, EINVAL, ENOEXEC, EPERM
from modtools.module import EXTENDED_CRCS, THIS_MODULE, Module
from modtools.names import MODULE_NAME_LEN

_HEADER_SIZE = {64: 64, 32: 52}

Step = Callable[[Load], None]


def check_signature(load: Load) -> None:
    """Cut the signature off and note whether it is good. With -f the module was changed, so it counts as unsigned."""
    mangled = bool(load.flags & (IGNORE_MODVERSIONS | IGNORE_VERMAGIC))
    load.image, load.signed = signing.check(load.kernel, load.image, mangled)


def check_elf(load: Load) -> None:
    """Refuse what is no ELF file for this machine. Where faults have no names, it is said that there is one."""
    try:
        header, sections = check_file(load.kernel, load.image)
    except KernelError:
        if not load.kernel.identity.features.names_elf_faults:
            load.kernel.printk(ERR, "Module has invalid ELF structures")
        raise
    load.elf = ElfFile(load.image, header, sections)


def check_elf_header(load: Load) -> None:
    """Refuse what is no ELF file for this machine, by its header alone."""
    header, sections = elfcheck.check_header(load.kernel, load.image)
    load.elf = ElfFile(load.image, header, sections)


def check_length(load: Load) -> None:
    """Refuse a file that ends before its sections do."""
    elfcheck.check_length(load.kernel, load.image, load.parsed.elf.sections)


def check_elf_with_struct(load: Load) -> None:
    """Refuse what is no ELF file for this machine, or not with each part of a module once."""
    header, sections = check_file_with_struct(load.kernel, load.image)
    load.elf = ElfFile(load.image, header, sections)


def check_elf_and_parts(load: Load) -> None:
    """Refuse what is no ELF file for this machine, or not with each part of a module once, and whole tables."""
    header, sections = check_file_and_parts(load.kernel, load.image, versioned=not load.flags & IGNORE_MODVERSIONS)
    load.elf = ElfFile(load.image, header, sections)


def find_parts(load: Load) -> None:
    """Find the symbol table and `struct module`, and the name that messages use before the real one is known."""
    assert load.elf is not None
    module = Module(load.elf)
    load.label = module.info("name") or ""
    label = load.label or "(missing .modinfo section or name field)"
    for missing, text in (
        (not _has_symbols(load.elf), "module has no symbols (stripped?)"),
        (
            load.elf.section(THIS_MODULE) is None,
            load.kernel.identity.features.no_struct_module,
        ),
    ):
        if missing:
            load.kernel.printk(WARNING, f"{label}: {text}")
            raise KernelError(ENOEXEC, Cause(causes.PARTS_MISSING, label, text))
    name_module(load)


def name_module(load: Load) -> None:
    """Note the name of a file with all parts, and the CRCs that it has."""
    assert load.elf is not None
    load.module = module = Module(load.elf)
    load.label = module.info("name") or ""
    load.loaded.name = _name_in_file(load.kernel, load.image, load.elf)
    load.label = load.label or load.loaded.name
    if load.flags & IGNORE_MODVERSIONS:
        return
    load.versioned = load.elf.section("__versions") is not None
    load.extended = load.kernel.identity.features.extended_versions and load.elf.section(EXTENDED_CRCS) is not None
    if load.versioned or load.extended:
        rows = reversed(module.extended_versions if load.extended else module.basic_versions)
        needed = load.kernel.arch.needed
        load.versions = {needed(name): crc for name, crc in rows}


def _has_symbols(elf: ElfFile) -> bool:
    return elf.symtab is not None


def _name_in_file(kernel: Kernel, image: bytes, elf: ElfFile) -> str:
    """Return the name in `struct module` as the kernel finds it in the file, whatever the section's size."""
    section = elf.section(THIS_MODULE)
    assert section is not None
    start = section.offset + kernel.identity.features.name_offset
    return image[start : start + MODULE_NAME_LEN].partition(b"\0")[0].decode("utf-8", "surrogateescape")


def check_blacklist(load: Load) -> None:
    """Refuse what `module_blacklist=` names."""
    if load.label in load.kernel.policy.blacklist:
        if load.kernel.identity.features.tells_blacklisted:
            load.kernel.printk(ERR, f"Module {load.label} is blacklisted")
        raise KernelError(EPERM, Cause(causes.BLACKLISTED, load.label))


def check_struct_version(load: Load) -> None:
    """Compare the CRC of `module_layout`, which stands for that of `struct module` itself."""
    layout = load.kernel.symbols.get("module_layout")
    if layout is not None and not version_fits(load.kernel, _requester(load), layout):
        raise KernelError(ENOEXEC, version_cause(_requester(load), layout.name))


def _requester(load: Load) -> Requester:
    return Requester(load.loaded, load.label, load.versions, load.parsed.namespaces, load.extended)


def check_vermagic(load: Load) -> None:
    """Refuse a vermagic that is not the kernel's."""
    vermagic = None if load.flags & IGNORE_VERMAGIC else _fields(load).get("vermagic")
    force = partial(_force, load)
    modinfo_check.check_vermagic(load.kernel, vermagic, load.label, load.versioned, force)


def _fields(load: Load) -> dict[str, str]:
    return dict(reversed(load.parsed.modinfo))


def _of_modinfo(check: Callable[[Kernel, LoadedModule, Mapping[str, str]], None]) -> Step:
    return lambda load: check(load.kernel, load.loaded, _fields(load))


def remember_proprietary(load: Load) -> None:
    """Note whether the kernel was tainted for a license before this module."""
    load.was_proprietary = load.kernel.tainted(Taint.PROPRIETARY_MODULE)


def tell_proprietary(load: Load) -> None:
    """Log that it was this module whose license taints the kernel."""
    if not load.was_proprietary and load.kernel.tainted(Taint.PROPRIETARY_MODULE):
        load.kernel.printk(WARNING, f"{load.loaded.name}: module license taints kernel.")


def tell_named(load: Load) -> None:
    """Taint for a module's name, and log it if this module is the first; later kernels do both among other taints."""
    remember_proprietary(load)
    modinfo_check.taint_name(load.kernel, load.loaded, {})
    tell_proprietary(load)


def _force(load: Load, reason: str) -> None:
    """Load in spite of `reason`, or raise ENOEXEC where the kernel does not allow that."""
    if not force_load(load.kernel, load.loaded, load.loaded.name, reason):
        raise KernelError(ENOEXEC, Cause(causes.FORCE_NOT_ALLOWED, load.loaded.name, reason))


def size_sections(load: Load) -> None:
    """Let the machine make room in the module's sections, or refuse it. Raises KernelError and Killed."""
    try:
        load.sections = place_module.sections(load.kernel, load.parsed)
    except Refused as refused:
        raise refusal(load, refused) from None
    except Fault as fault:
        raise page_fault(load.kernel, copy_of_file(load.kernel) + fault.address, write=False) from None


def reserve_name(load: Load) -> None:
    """Refuse a name that is taken. From this step on the module has the name that lies within its section."""
    load.loaded.name = load.parsed.name
    other = load.kernel.modules.get(load.loaded.name)
    if other is not None:
        live = other.state is ModuleState.LIVE
        raise KernelError(EEXIST if live else EBUSY, Cause(causes.NAME_TAKEN, other.name, other.state))


def taint_unsigned(load: Load) -> None:
    """Taint for a module without a good signature, and log that once in a boot."""
    load.loaded.signed = load.signed
    if not load.signed and load.kernel.identity.config.module_sig:
        text = "module verification failed: signature and/or required key missing - tainting kernel"
        load.kernel.printk_once("unsigned", NOTICE, f"{load.loaded.name}: {text}")
        taint_module(load.kernel, load.loaded, Taint.UNSIGNED_MODULE)


def check_export_versions(load: Load) -> None:
    """Taint for a module that exports symbols without CRCs, or refuse it."""
    wanted = load.kernel.identity.config.modversions
    if wanted and load.parsed.exports_without_crcs:
        _force(load, "no versions for exported symbols")


def check_export_flags(load: Load) -> None:
    """Warn of a table of GPL-only exports, which is not looked at, and refuse exports without flags."""
    elf, name = load.parsed.elf, load.loaded.name
    for obsolete in ("__ksymtab_gpl", "__kcrctab_gpl"):
        if elf.section(obsolete) is not None:
            load.kernel.printk(WARNING, f"{name}: ignoring obsolete section {obsolete}")
    exports = elf.section("__ksymtab")
    if exports is not None and exports.size and elf.section("__kflagstab") is None:
        load.kernel.printk(ERR, f"{name}: no flags for exported symbols")
        raise KernelError(ENOEXEC, Cause(causes.EXPORT_FLAGS, name))


def check_imported_namespaces(load: Load) -> None:
    """Refuse a module that imports a namespace which says itself which modules it is for."""
    check_imports(load.kernel, load.loaded, load.parsed.namespaces)


def resolve_symbols(load: Load) -> None:
    """Find all undefined symbols. Each that fails is logged; raises KernelError for the last of them."""
    load.undo.append(lambda: drop_references(load.kernel, load.loaded))
    load.addresses = resolve_all(load.kernel, _requester(load), load.parsed.elf)


def place(load: Load) -> None:
    """Lay out the sections, and give the module its addresses."""
    place_module.check_struct(load.kernel, load.parsed, load.sections)
    load.layout = place_module.place(load.kernel, load.loaded, load.parsed, load.sections)


def refuse_duplicates(load: Load) -> None:
    """Refuse a module that exports a symbol that is exported already."""
    check_exports(load.kernel, load.loaded)


def enter_list(load: Load) -> None:
    """Add the module to the list of modules, where it is seen as Loading."""
    load.kernel.modules[load.loaded.name] = load.loaded
    load.undo.append(lambda: _leave_list(load))
    load.loaded.refcount = 1


def _leave_list(load: Load) -> None:
    del load.kernel.modules[load.loaded.name]


def remember_file(load: Load) -> None:
    """Note which file it was, also for a module that stays after an oops in its init."""
    loaded, module = load.loaded, load.parsed
    loaded.sha256 = hashlib.sha256(load.image).hexdigest()
    loaded.version, loaded.srcversion = module.info("version"), module.info("srcversion")
    loaded.import_ns = "\n".join(module.namespaces) if module.namespaces else None


def set_parameters(load: Load) -> None:
    """Set the module's parameters from the load arguments."""
    details = load.loaded.details
    details.parameters = parameters(load.parsed)
    setter = partial(set_parameter, load.kernel, load.loaded, load.runner)
    debug = partial(load.runner.debug, load.loaded) if load.runner is not None else None
    parse_args(load.kernel, load.loaded.name, load.loaded.args, details.parameters, setter, debug)


def enter_sysfs(load: Load) -> None:
    """Refuse a name that /sys/module has already, as that of something built in, or cannot have."""
    name = load.loaded.name
    if not name:
        text = "kobject: (0000000000000001): attempted to be registered with empty name!"
        warn(load.kernel, text, load.kernel.identity.features.empty_name)
        raise KernelError(EINVAL, Cause(causes.NAME_EMPTY))
    if name in load.kernel.sources.builtin():
        load.kernel.printk(ERR, f"{name}: module is already loaded")
        raise KernelError(EINVAL, Cause(causes.NAME_BUILT_IN, name))


STEPS: Mapping[str, Step] = {
    step.__name__: step
    for step in (
        check_signature,
        check_elf_header,
        check_length,
        check_elf,
        check_elf_with_struct,
        check_elf_and_parts,
        find_parts,
        name_module,
        check_blacklist,
        check_struct_version,
        check_vermagic,
        remember_proprietary,
        tell_proprietary,
        tell_named,
        size_sections,
        reserve_name,
        taint_unsigned,
        check_export_flags,
        check_export_versions,
        check_imported_namespaces,
        resolve_symbols,
        place,
        choose_runner,
        relocate,
        refuse_duplicates,
        enter_list,
        remember_file,
        add_trace_events,
        add_btf,
        tell_coming,
        set_parameters,
        enter_sysfs,
        run_init,
    )
} | {
    check.__name__: _of_modinfo(check)
    for check in (
        modinfo_check.taint_out_of_tree,
        modinfo_check.warn_retpoline,
        modinfo_check.taint_staging,
        modinfo_check.check_livepatch,
        modinfo_check.taint_livepatch,
        modinfo_check.taint_license,
        modinfo_check.taint_name,
        modinfo_check.taint_test,
    )
}
"""All steps by name; which of them a kernel takes, in which order, its features say."""


def insert(
    kernel: Kernel,
    image: bytes,
    args: str = "",
    flags: int = 0,
    *,
    path: str = "",
    runner: Runner | None = None,
    copied: bool = False,
    uid: int = 0,
) -> LoadedModule:
    """Load a module as finit_module(2) does, or init_module(2) if `copied`; return it. Raises KernelError and Killed;
    log lines and taints stay.
    """
    return insert_file(kernel, image, args, flags, path=path, runner=runner, copied=copied, uid=uid).loaded


def insert_file(
    kernel: Kernel,
    image: bytes,
    args: str = "",
    flags: int = 0,
    *,
    path: str = "",
    runner: Runner | None = None,
    copied: bool = False,
    uid: int = 0,
) -> Load:
    """Do the same; return the work that is done, for whoever asks more of the file."""
    if uid or kernel.modules_disabled:
        raise KernelError(EPERM, Cause(causes.NOT_ROOT if uid else causes.MODULES_DISABLED))
    if copied and len(image) < _HEADER_SIZE[kernel.arch.bits]:
        raise KernelError(ENOEXEC, Cause(causes.ELF_TOO_SHORT))
    if flags & COMPRESSED_FILE:
        image = decompress(kernel, image)
    loaded = LoadedModule("", ModuleState.COMING, args=args, path=path)
    load = Load(kernel, image, flags, loaded, runner or kernel.runner)
    try:
        for name in kernel.identity.features.steps:
            STEPS[name](load)
    except FormatError as error:
        _take_back(load)
        raise KernelError(ENOEXEC, Cause(causes.ELF_DAMAGED, load.label, str(error))) from error
    except BaseException:
        _take_back(load)
        raise
    load.undo.clear()  # it refers to the load, and would keep all that was read until the next collection
    return load


def _take_back(load: Load) -> None:
    for undo in reversed(load.undo):
        undo()
    load.undo.clear()
