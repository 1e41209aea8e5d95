"""The BTF of a module that is coming, which stands in /sys/kernel/btf as long as the module is there.

From Linux 6.12: `kernel/bpf/btf.c: btf_module_notify(), btf_parse_module(), btf_parse_hdr()`. The types themselves are
not followed, but whether they were made to stand behind a kernel's: their names come after those of that, of which
there are more than a megabyte, or they stand on its types, of which there are tens of thousands. A module that has
`.BTF.base` brings both itself.
"""

from __future__ import annotations

import struct
import zlib
from functools import partial

from modtools import causes
from modtools.errors import Cause, FormatError, KernelError
from modtools.formats import btf, elf
from modtools.kernel.log import ERR, WARNING
from modtools.kernel.module.load_info import Load
from modtools.linuxerrno import EINVAL

_NAMES_OF_A_KERNEL, _TYPES_OF_A_KERNEL = 1 << 20, 1 << 14
_MISMATCH = "Kernel module BTF mismatch detected, BTF debug info may be unavailable for some modules"
_LEAST = 8
"""Bytes of a header that tells its own length."""


def add_btf(load: Load) -> None:
    """Note the module's BTF, or log that it does not fit; refuse the module for that where the kernel does."""
    profile = load.kernel.sources.profile()
    if profile is None or profile.config.get("DEBUG_INFO_BTF_MODULES") != "y":
        return
    types, base = _sections(load, ".BTF", ".BTF.base")
    if not types:
        return
    if not _fault(load, base) and not _fault(load, types) and (base or _is_for_a_kernel(load, types)):
        load.loaded.details.btf_source = partial(_packed, types)
    elif profile.config.get("MODULE_ALLOW_BTF_MISMATCH") == "y":
        load.kernel.printk_once("btf", WARNING, _MISMATCH)
    else:
        load.kernel.printk(WARNING, f"failed to validate module [{load.loaded.name}] BTF: -{EINVAL}")
        raise KernelError(EINVAL, Cause(causes.BTF_MISMATCH, load.loaded.name))


def _packed(types: bytes) -> str:
    return zlib.compress(types, zlib.Z_BEST_SPEED).hex()


def content(packed: str) -> bytes:
    """Return the BTF that a module's details have."""
    return zlib.decompress(bytes.fromhex(packed))


def _sections(load: Load, *names: str) -> list[bytes]:
    """Return what sections have that need not be among the loaded ones, the first of each name; b"" for none."""
    assert load.elf is not None
    found = elf.find_sections(load.image, load.elf.header, load.elf.sections, names)
    return [b"" if each is None else load.image[each.offset : each.offset + each.size] for each in found]


def _fault(load: Load, data: bytes) -> str:
    """Return what is wrong with the header of BTF, which is logged; "" for nothing, and for no BTF."""
    fault = _header_fault(data, "<" if load.kernel.arch.little else ">") if data else ""
    if fault:
        load.kernel.printk(ERR, f"BPF: {fault}")
    return fault


def _header_fault(data: bytes, order: str) -> str:
    if len(data) < _LEAST:
        return "hdr_len not found"
    magic, version, flags, length = struct.unpack_from(f"{order}HBBI", data)
    if len(data) < length:
        return "btf_header not found"
    if any(data[btf.HEADER_SIZE : length]):
        return "Unsupported btf_header"
    if magic != btf.MAGIC:
        return "Invalid magic"
    if version != btf.VERSION:
        return "Unsupported version"
    return "Unsupported flags" if flags else ""


def _is_for_a_kernel(load: Load, types: bytes) -> bool:
    """Return whether types come behind a kernel's; those without a name say nothing against it."""
    try:
        name, number = btf.furthest(types, little=load.kernel.arch.little)
    except FormatError:
        return False
    return not name or name >= _NAMES_OF_A_KERNEL or number >= _TYPES_OF_A_KERNEL
