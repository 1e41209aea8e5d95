"""Tests of modtools/emulate/linux/fs/nls/nls_base.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.nls import nls_base
from modtools.emulate.symbols.registry import Function, find
from modtools.emulate.symbols.structs import View, new
from modtools.kernel.files.switches import MODPROBE
from modtools.linuxerrno import EBUSY, EINVAL
from tests.emulated import both_kernels


def table(guest: Guest, name: bytes, alias: bytes = b"") -> View:
    """A table of characters."""
    row = new(guest, "nls_table")
    row.charset, row.alias = guest.new_text(name), guest.new_text(alias) if alias else 0
    return row


@both_kernels
def test_a_table_is_found_by_name_and_alias(guest: Guest) -> None:
    """The newest of that name, until it is unregistered; what nobody has, and no program brings, is NULL."""
    row = table(guest, b"koi8-r", b"russian")
    address = row.address()
    guest.kernel.switches[MODPROBE] = ""
    assert nls_base.register_nls(guest, address, 0) == 0
    assert nls_base.register_nls(guest, address, 0) == -EBUSY
    assert {nls_base.load_nls(guest, guest.new_text(name)) for name in (b"koi8-r", b"russian")} == {address}
    nls_base.unload_nls(guest, address)
    assert nls_base.load_nls_default(guest) not in (0, address)
    assert nls_base.unregister_nls(guest, address) == 0
    assert nls_base.unregister_nls(guest, address) == -EINVAL
    assert nls_base.load_nls(guest, guest.new_text(b"koi8-r")) == 0


@both_kernels
def test_a_format_of_quota_files_is_registered(guest: Guest) -> None:
    """It returns 0, and what it returns is nothing since 6.10."""
    kind = guest.heap.kmalloc(64)
    add, remove = find("register_quota_format"), find("unregister_quota_format")
    assert isinstance(add, Function)
    assert isinstance(remove, Function)
    assert add.handler(guest, kind) == 0
    assert remove.handler(guest, kind) is not None
