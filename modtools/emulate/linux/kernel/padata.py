"""kernel/padata.c: Work that is done on several processors and comes back in order. No work is ever given."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import kobjects, listhead
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view


@function("struct padata_instance *padata_alloc(const char *name)")
def padata_alloc(guest: Guest, _name: int) -> int:
    """Return a new instance, whose kobject the caller adds. It has no workqueues, which nobody would use."""
    row, kind = new(guest, "padata_instance"), new(guest, "kobj_type")
    listhead.init(guest, row.pslist.address())
    kobjects.init(guest, row.kobj.address(), kind.address())
    return row.address()


@function("void padata_free(struct padata_instance *pinst)")
def padata_free(guest: Guest, address: int) -> None:
    """Give the reference on an instance back, which takes its files away; its memory is kept."""
    kobjects.put(guest, view(guest, "padata_instance", address).kobj.address())
