"""crypto/shash.c: Synchronous hashes: registering them, and using one that a module has registered.

Of the kernel's own algorithms only CRC-32C is there. A `struct crypto_shash` has a `struct crypto_tfm` in it, and the
context behind it.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.linux.kernel.module.main import get as get_module
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, offset_of, size_of, view
from modtools.linuxerrno import ENOENT

function("int crypto_register_shash(struct shash_alg *alg)")(algapi.registering("shash_alg", "base"))
function("void crypto_unregister_shash(struct shash_alg *alg)")(algapi.unregistering("shash_alg", "base"))
function("int crypto_register_shashes(struct shash_alg *algs, int count)")(registering_all("shash_alg", "base"))
function("void crypto_unregister_shashes(struct shash_alg *algs, int count)")(unregistering_all("shash_alg", "base"))


def algorithm(guest: Guest, tfm: int) -> View:
    """Return the algorithm of an allocated hash."""
    base = getattr(view(guest, "crypto_shash", tfm).base, "__crt_alg")
    return view(guest, "shash_alg", base - offset_of(guest, "shash_alg", "base"))


@function("struct crypto_shash *crypto_alloc_shash(const char *alg_name, u32 type, u32 mask)")
def crypto_alloc_shash(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """Return a new handle of a hash and take a reference on the module that brings it, or -ENOENT as a pointer. Those
    of the kernel's own algorithms that are not there stop the run.
    """
    address = algapi.find(guest, name)
    if not address:
        return -ENOENT
    base = view(guest, "crypto_alg", address)
    owner = guest.module_at(base.cra_module)
    if base.cra_module and (owner is None or not get_module(owner)):
        raise Needs("crypto_alloc_shash of a module that goes")
    tfm = guest.heap.kmalloc(size_of(guest, "crypto_shash") + base.cra_ctxsize)
    row = view(guest, "crypto_shash", tfm)
    setattr(row.base, "__crt_alg", address)
    row.base.refcnt.refs = 1
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


@function("int crypto_shash_update(struct shash_desc *desc, const u8 *data, unsigned int len)")
def crypto_shash_update(guest: Guest, desc: int, data: int, size: int) -> int:
    """Give more data to a hash; return what its module answers."""
    return guest.call_signed(algorithm(guest, view(guest, "shash_desc", desc).tfm).update, desc, data, size)


@function("int crypto_shash_final(struct shash_desc *desc, u8 *out)")
def crypto_shash_final(guest: Guest, desc: int, result: int) -> int:
    """Store the digest; return what the hash's module answers."""
    return guest.call_signed(algorithm(guest, view(guest, "shash_desc", desc).tfm).final, desc, result)
