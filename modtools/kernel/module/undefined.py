"""All undefined symbols of a module, in the order of its symbol table.

From Linux 6.1: `kernel/module/main.c: simplify_symbols()`.
"""

from __future__ import annotations

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.formats.elf import ElfFile
from modtools.formats.elfvalues import SHN_COMMON, SHN_LORESERVE, SHN_UNDEF, STB_WEAK
from modtools.kernel.log import ERR, WARNING
from modtools.kernel.module.resolve import Requester, find, plain, resolve
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ENOENT, ENOEXEC

_LINKER_MADE = "_GLOBAL_OFFSET_TABLE_"
"""Assemblers for x86 leave it undefined, and nothing refers to it."""
_SHOWN = 5


def resolve_all(kernel: Kernel, asker: Requester, elf: ElfFile) -> dict[str, int | None]:
    """Return the address of each undefined symbol, None where it is not known.

    Each symbol that fails is logged; raises KernelError for the last of them.
    """
    addresses: dict[str, int | None] = {}
    found: list[Cause] = []
    failed = 0
    usual = range(1, min(len(elf.sections), SHN_LORESERVE))
    needed, plainly = kernel.arch.needed, plain(kernel, asker)
    for symbol in elf.symbol_table.outside(usual):
        if symbol.shndx == SHN_UNDEF:
            name = needed(symbol.name)
            if answer := plainly(name):
                addresses[name] = answer.address
                continue
            weak = symbol.bind == STB_WEAK or not name
            number = _resolve_one(kernel, asker, name, weak, addresses, found)
        else:
            number = _check_defined(kernel, asker.module.name, symbol.name, symbol.shndx, len(elf.sections), found)
        failed = number or failed
    if failed:
        _tell_not_known(kernel, asker.module.name, found)
        raise KernelError(failed, *found)
    return addresses


def _resolve_one(
    kernel: Kernel, asker: Requester, name: str, weak: bool, addresses: dict[str, int | None], found: list[Cause]
) -> int:
    """Find one symbol; return 0 or an errno, which is logged."""
    try:
        symbol = resolve(kernel, asker, name)
    except KernelError as error:
        found += error.causes
        number = error.errno
    else:
        if symbol is not None:
            addresses[name] = symbol.address
            return 0
        if weak or name == _LINKER_MADE:
            return 0
        number = ENOENT
        found.append(Cause(_why_not(kernel, name), name))
    kernel.printk(WARNING, f"{asker.module.name}: Unknown symbol {name} (err -{number})")
    return number


def _why_not(kernel: Kernel, name: str) -> causes.Kind:
    """Return why a module does not get a symbol: its license bars it, or nobody exports it, as far as that is known."""
    if find(kernel, name) is not None:
        return causes.SYMBOL_LICENSE
    return causes.SYMBOL_UNKNOWN if kernel.identity.symbols_complete else causes.SYMBOL_NOT_KNOWN


def _tell_not_known(kernel: Kernel, module: str, found: list[Cause]) -> None:
    """Log, beside Linux's own lines, which symbols the kernel may export all the same."""
    names = [cause.subject for cause in found if cause.kind == causes.SYMBOL_NOT_KNOWN]
    if names:
        shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
        text = f"not known whether this kernel exports {shown}: its list of symbols was inferred"
        kernel.printk(WARNING, f"{module}: {text}")


def _check_defined(kernel: Kernel, module: str, name: str, index: int, sections: int, found: list[Cause]) -> int:
    """Return 0, or ENOEXEC for a common symbol and for one in a section that is not there."""
    if index == SHN_COMMON and not name.startswith("__gnu_lto"):
        found.append(Cause(causes.SYMBOL_COMMON, name))
        kernel.printk(WARNING, f"{module}: please compile with -fno-common")
        return ENOEXEC
    if sections <= index < SHN_LORESERVE:
        found.append(Cause(causes.SYMBOL_SECTION, name, str(index)))
        kernel.printk(ERR, f"{module}: Symbol {name} has an invalid section index {index} (max {sections - 1})")
        return ENOEXEC
    return 0
