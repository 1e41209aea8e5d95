"""/sys/module: a folder for each loaded module, and for what is compiled in.

From Linux 6.1: `kernel/module/main.c: modinfo_attrs[]`, `kernel/module/sysfs.c`, `kernel/params.c: param_attr_show(),
param_attr_store()`. `compression`: `kernel/module/decompress.c: compression_show()`. /sys/kernel/btf:
`kernel/bpf/sysfs_btf.c`, `kernel/bpf/btf.c: btf_module_notify()`.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from modtools.errors import KernelError
from modtools.kernel.cmdline import arguments
from modtools.kernel.files import uevents
from modtools.kernel.files.module_files import overlay
from modtools.kernel.files.nodes import File, Folder, Maker, Node, RunningFile, SizedBinary, binary, file, folder, link
from modtools.kernel.files.switches import shows_addresses
from modtools.kernel.log import ERR
from modtools.kernel.module.btf import content
from modtools.kernel.modules import LoadedModule, Parameter
from modtools.kernel.params.live_params import get_parameter, set_parameter
from modtools.kernel.params.types import OWN, TYPES, set_value, show_value
from modtools.kernel.runner import End
from modtools.kernel.state import Kernel
from modtools.kernel.taint import module_letters
from modtools.link.areas import Kind
from modtools.linuxerrno import EIO, ENOSPC
from modtools.names import sysfs_name
from modtools.profiles import BuiltinModule, BuiltinParameter

FIRMWARE_PATH = "/sys/module/firmware_class/parameters/path"
_CORE_DATA = (Kind.DATA, Kind.RODATA, Kind.RO_AFTER_INIT)
_STRINGS = {FIRMWARE_PATH: 256}
"""Strings of what is compiled in, and the bytes of each with its NUL: `drivers/base/firmware_loader/main.c`."""


def sys(kernel: Kernel) -> Folder:
    """Return the folder /sys; an empty one while nothing is mounted there."""
    if "/sys" in kernel.unmounted:
        return folder(dict)
    entries: dict[str, Maker] = {"module": lambda: folder(lambda: _modules(kernel))}
    if _has_btf(kernel):
        own = folder(lambda: {"btf": lambda: folder(lambda: _btf(kernel))})
        entries["kernel"] = lambda: overlay(kernel, "/sys/kernel", own)
    return folder(lambda: entries, hashed=False)


def _has_btf(kernel: Kernel) -> bool:
    profile = kernel.sources.profile()
    told = profile is not None and profile.has("types.btf")
    return told or (profile is not None and profile.config.get("DEBUG_INFO_BTF_MODULES") == "y")


def _btf(kernel: Kernel) -> Mapping[str, Maker]:
    """Return what makes the files with the BTF of the kernel and of modules."""
    shown = {module.name: module.details.btf for module in kernel.modules.values()}
    entries: dict[str, Maker] = {"vmlinux": partial(_kernel_btf, kernel)}
    return entries | {name: partial(_module_btf, packed) for name, packed in shown.items() if packed}


def _module_btf(packed: str) -> SizedBinary:
    return SizedBinary(stat.S_IFREG | 0o444, content(packed))


def _kernel_btf(kernel: Kernel) -> Node:
    """Return the file with the kernel's own BTF; one that cannot be read where that is not kept."""
    profile = kernel.sources.profile()
    types = profile.types if profile else None
    return file(0o444, _not_kept) if types is None else SizedBinary(stat.S_IFREG | 0o444, types)


def _not_kept() -> str:
    raise KernelError(EIO)


def _modules(kernel: Kernel) -> Mapping[str, Maker]:
    entries: dict[str, Maker] = {}
    if compression := kernel.identity.config.compression:
        entries["compression"] = partial(_text, 0o444, f"{compression}\n")
    for name, builtin in kernel.sources.builtin().items():
        entries[name] = partial(folder, partial(_builtin, kernel, name, builtin))
    for module in kernel.modules.values():
        entries[sysfs_name(module.name)] = partial(_module, kernel, module)
    return entries


def _module(kernel: Kernel, module: LoadedModule) -> Folder:
    """Return the folder of a loaded module, with the drivers that its code has registered."""
    own = folder(partial(_loaded, kernel, module))
    return overlay(kernel, f"/sys/module/{module.name}", own) if module.init.how == End.RETURNED else own


def _builtin(kernel: Kernel, name: str, module: BuiltinModule) -> Mapping[str, Maker]:
    entries: dict[str, Maker] = {"uevent": partial(_uevent, kernel, name)}
    if module.version is not None:
        entries["version"] = partial(_text, 0o444, f"{module.version}\n")
    if module.parameters:
        files: dict[str, Maker] = {p.name: partial(_builtin_parameter, kernel, name, p) for p in module.parameters}
        entries["parameters"] = lambda: folder(lambda: files)
    return entries


def _builtin_parameter(kernel: Kernel, module: str, row: BuiltinParameter) -> File:
    """Return the file of a parameter of what is compiled in: the image's value, or that of the command line or of a
    write.

    A parameter that has functions of its own, is an array, or a string whose length is not known stays as the image has
    it.
    """
    path = f"/sys/module/{module}/parameters/{row.name}"

    def current() -> str:
        return kernel.switches.get(path, _at_boot(kernel, module, row) or "")

    def show() -> str:
        return f"{current()}\n" if row.value is not None else ""

    def store(text: str) -> None:
        if path in _STRINGS:
            kernel.switches[path] = _fitting(kernel, f"{module}.{row.name}", _STRINGS[path], text)
            return
        parameter = Parameter(row.name, row.type, row.mode, TYPES[row.type].parse(current()))
        set_value(kernel, parameter, text)
        kernel.switches[path] = show_value(parameter).removesuffix("\n")

    return file(row.mode, show, store if row.type in TYPES or path in _STRINGS else None)


def _fitting(kernel: Kernel, name: str, size: int, text: str) -> str:
    """Return a text for a string of so many bytes with its NUL. Raises KernelError(ENOSPC) for one that is too long.

    That is logged, with the parameter's name as the kernel's command line has it.

    From Linux 6.1: `kernel/params.c: param_set_copystring()`.
    """
    if len(text.encode("utf-8", "surrogateescape")) >= size:
        kernel.printk(ERR, f"{name}: string doesn't fit in {size - 1} chars.")
        raise KernelError(ENOSPC)
    return text


def _at_boot(kernel: Kernel, module: str, row: BuiltinParameter) -> str | None:
    """Return the value after the kernel has read its command line; a word that does not fit leaves the image's."""
    shown, kind = row.value, TYPES.get(row.type)
    path = f"/sys/module/{module}/parameters/{row.name}"
    wanted = (row.name if module == "kernel" else f"{module}.{row.name}").replace("-", "_")
    for name, text in arguments(kernel.identity.cmdline) if kind or path in _STRINGS else ():
        if name.replace("-", "_") == wanted and kind and (text is not None or kind.bare):
            with suppress(KernelError):
                shown = kind.show(kind.parse("1" if text is None else text))
        elif name.replace("-", "_") == wanted and path in _STRINGS and len(text or "") < _STRINGS[path]:
            shown = shown if text is None else text
    return shown


def _uevent(kernel: Kernel, module: str) -> File:
    return file(0o200, None, partial(uevents.write, kernel, f"/module/{module}"))


def _loaded(kernel: Kernel, module: LoadedModule) -> Mapping[str, Maker]:
    """Return what makes the entries of a loaded module's folder; optional ones only if there is something to say."""
    texts = {
        "coresize": f"{module.core_size}\n",
        "initsize": f"{module.init_size}\n",
        "initstate": f"{module.state}\n",
        "refcnt": f"{module.refcount}\n",
        "taint": f"{module_letters(module.taints)}\n",
    }
    optional = {"version": module.version, "srcversion": module.srcversion}
    if kernel.identity.features.shows_imported_namespaces:
        optional["import_ns"] = module.import_ns
    if (size := _data_size(kernel, module)) is not None:
        texts["datasize"] = f"{size}\n"
    texts |= {key: f"{value}\n" for key, value in optional.items() if value is not None}
    entries: dict[str, Maker] = {name: partial(_text, 0o444, text) for name, text in texts.items()}
    entries["uevent"] = partial(_uevent, kernel, sysfs_name(module.name))
    entries["holders"] = partial(folder, partial(_holders, module))
    entries["sections"] = partial(folder, partial(_sections, kernel, module))
    if module.details.notes:
        entries["notes"] = partial(folder, partial(_notes, module))
    if any(parameter.mode for parameter in module.details.parameters):
        entries["parameters"] = partial(folder, partial(_parameters, kernel, module))
    return entries


def _data_size(kernel: Kernel, module: LoadedModule) -> int | None:
    """Return how many bytes a module's data takes, where the kernel keeps that apart from code and so tells it.

    Linux commit 01dc0386efb7 "module: Add CONFIG_ARCH_WANTS_MODULES_DATA_IN_VMALLOC" (v5.18); until 6.3 such a kernel
    has an area for it that pymod does not make, and nothing is told.
    """
    profile = kernel.sources.profile()
    told = profile is not None and profile.config.get("ARCH_WANTS_MODULES_DATA_IN_VMALLOC") == "y"
    sizes = [area.size for area in module.areas if area.kind in _CORE_DATA]
    return sum(sizes) if told and sizes else None


def _text(mode: int, text: str) -> File:
    return file(mode, lambda: text)


def _holders(module: LoadedModule) -> Mapping[str, Maker]:
    names = map(sysfs_name, module.users)
    return {name: partial(link, f"../../{name}") for name in names}


def _notes(module: LoadedModule) -> Mapping[str, Maker]:
    return {name: partial(binary, bytes.fromhex(content)) for name, content in module.details.notes}


def _sections(kernel: Kernel, module: LoadedModule) -> Mapping[str, Maker]:
    """Return what makes the files with the sections' addresses, which only root may open."""
    shown = shows_addresses(kernel, 0)
    return {
        name: partial(_text, 0o400, f"0x{address if shown else 0:016x}\n") for name, address in module.details.sections
    }


def _parameters(kernel: Kernel, module: LoadedModule) -> Mapping[str, Maker]:
    return {
        parameter.name: partial(_parameter, kernel, module, parameter)
        for parameter in module.details.parameters
        if parameter.mode
    }


def _parameter(kernel: Kernel, module: LoadedModule, parameter: Parameter) -> File:
    def store(text: str) -> None:
        module.details_changed()
        set_parameter(kernel, module, kernel.runner, parameter, text)

    made = file(parameter.mode, lambda: get_parameter(kernel, module, parameter), store)
    return RunningFile(made.mode, made.reader, made.writer) if parameter.type == OWN else made
