"""fs/nls/nls_base.c: Registering tables of characters, and finding them by name.

The table `nls` has the addresses of those that are registered, the newest first.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.linux.kernel.module.main import module_put
from modtools.emulate.objects.modulerefs import take as get_module
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import EBUSY, EINVAL

_DEFAULT = b"utf8"
"""CONFIG_NLS_DEFAULT."""


def _tables(guest: Guest) -> list[int]:
    known: list[int] = guest.table("nls").setdefault("tables", [])
    return known


@function("int __register_nls(struct nls_table *nls, struct module *owner)")
def register_nls(guest: Guest, address: int, owner: int) -> int:
    """Register a table of a module; return 0, or -EBUSY if it is registered."""
    if address in _tables(guest):
        return -EBUSY
    view(guest, "nls_table", address).owner = owner
    _tables(guest).insert(0, address)
    return 0


@function("int unregister_nls(struct nls_table *nls)")
def unregister_nls(guest: Guest, address: int) -> int:
    """Unregister a table; return 0, or -EINVAL if it is not registered."""
    if address not in _tables(guest):
        return -EINVAL
    _tables(guest).remove(address)
    return 0


def _find(guest: Guest, name: bytes) -> int:
    """Return the table with this name or alias, and take a reference on its module; 0 for none."""
    for address in _tables(guest):
        row = view(guest, "nls_table", address)
        if name in (guest.memory.text(text) for text in (row.charset, row.alias) if text):
            owner = guest.module_at(row.owner)
            return address if owner is None or get_module(owner) else 0
    return 0


@function("struct nls_table *load_nls(const char *charset)")
def load_nls(guest: Guest, charset: int) -> int:
    """Return the table of a character set, asking for its module if it is not there; NULL for none."""
    name = guest.memory.text(charset)
    if found := _find(guest, name):
        return found
    kmod.ask(guest, b"nls_" + name)
    return _find(guest, name)


@function("struct nls_table *load_nls_default(void)")
def load_nls_default(guest: Guest) -> int:
    """Return the table of the default character set, or the kernel's own plain one, whose functions stop the run."""
    return load_nls(guest, guest.new_text(_DEFAULT)) or _plain(guest)


def _plain(guest: Guest) -> int:
    """Return the kernel's own table, made at first use."""
    hooks = guest.table("nls")
    if "plain" not in hooks:
        row = new(guest, "nls_table")
        row.charset = guest.new_text(b"default")
        for field in ("uni2char", "char2uni", "charset2lower", "charset2upper"):
            setattr(row, field, guest.address_of(f"default_table.{field}"))
        hooks["plain"] = row.address()
    return int(hooks["plain"])


@function("void unload_nls(struct nls_table *nls)")
def unload_nls(guest: Guest, address: int) -> None:
    """Give the reference on a table's module back; NULL is ignored."""
    if address:
        module_put(guest, view(guest, "nls_table", address).owner)
