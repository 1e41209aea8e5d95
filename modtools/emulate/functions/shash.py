"""Using a hash that a module has registered.

From Linux 6.1: `crypto/api.c: crypto_alloc_tfm(), crypto_destroy_tfm()`, `crypto/shash.c`. The kernel's own algorithms
are not there. A `struct crypto_shash` has a `struct crypto_tfm` in it, and the context behind it.
"""

from __future__ import annotations

from modtools.emulate.functions.module import get as get_module
from modtools.emulate.functions.module import module_put
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, offset_of, size_of, view
from modtools.integers import ERROR_POINTERS


def algorithm(guest: Guest, tfm: int) -> View:
    """Return the algorithm of an allocated hash."""
    base = getattr(view(guest, "crypto_shash", tfm).base, "__crt_alg")
    return view(guest, "shash_alg", base - offset_of("shash_alg", "base"))


def _best(guest: Guest, name: str) -> int:
    """Return the algorithm with this name or driver's name that has the highest priority; 0 if there is none."""
    rows = guest.table("crypto")
    fitting = [address for driver, (alg, address) in rows.items() if name in (alg, driver)]
    return max(fitting, key=lambda address: int(view(guest, "crypto_alg", address).cra_priority), default=0)


@function("struct crypto_shash *crypto_alloc_shash(const char *alg_name, u32 type, u32 mask)")
def crypto_alloc_shash(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """`crypto/shash.c`: Return a new handle of a hash and take a reference on the module that brings it. The kernel's
    own algorithms are not there and stop the run.
    """
    address = _best(guest, guest.text(name))
    if not address:
        raise Needs(f"crypto_alloc_shash({guest.text(name)})")
    base = view(guest, "crypto_alg", address)
    owner = guest.module_at(base.cra_module)
    if owner is None or not get_module(owner):
        raise Needs("crypto_alloc_shash of a module that goes")
    tfm = guest.heap.kmalloc(size_of("crypto_shash") + base.cra_ctxsize)
    row = view(guest, "crypto_shash", tfm)
    setattr(row.base, "__crt_alg", address)
    guest.memory.put(row.base.address("refcnt"), 1, 4)
    alg = algorithm(guest, tfm)
    row.descsize = alg.descsize
    result = 0
    if alg.init_tfm:
        result = guest.call_signed(alg.init_tfm, tfm)
    elif base.cra_init:
        result = guest.call_signed(base.cra_init, row.base.address())
    if result:
        raise Needs("crypto_alloc_shash that fails")
    return tfm


@function("void crypto_destroy_tfm(void *mem, struct crypto_tfm *tfm)")
def crypto_destroy_tfm(guest: Guest, memory: int, tfm: int) -> None:
    """`crypto/api.c`: Free the handle of a hash and give the reference on its module back; NULL and error pointers are
    ignored.
    """
    if not memory or memory >= ERROR_POINTERS:
        return
    if tfm != memory + offset_of("crypto_shash", "base"):
        raise Needs("crypto_destroy_tfm of something else than a hash")
    alg = algorithm(guest, memory)
    if alg.exit_tfm:
        guest.call(alg.exit_tfm, memory)
    elif alg.base.cra_exit:
        guest.call(alg.base.cra_exit, tfm)
    module_put(guest, alg.base.cra_module)
    guest.heap.free(memory)


@function("int crypto_shash_update(struct shash_desc *desc, const u8 *data, unsigned int len)")
def crypto_shash_update(guest: Guest, desc: int, data: int, size: int) -> int:
    """`crypto/shash.c`: Give more data to a hash; return what its module answers."""
    return guest.call_signed(algorithm(guest, view(guest, "shash_desc", desc).tfm).update, desc, data, size)


@function("int crypto_shash_final(struct shash_desc *desc, u8 *out)")
def crypto_shash_final(guest: Guest, desc: int, result: int) -> int:
    """`crypto/shash.c`: Store the digest; return what the hash's module answers."""
    return guest.call_signed(algorithm(guest, view(guest, "shash_desc", desc).tfm).final, desc, result)
