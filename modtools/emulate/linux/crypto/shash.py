"""crypto/shash.c: Synchronous hashes: registering them, and using one that a module has registered.

A `struct crypto_shash` has a `struct crypto_tfm` in it, and the
context behind it.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, offset_of, size_of, view
from modtools.linuxerrno import ENOENT, ENOKEY, ENOSYS

_SHASH = 0xE

function("int crypto_register_shash(struct shash_alg *alg)")(algapi.registering("shash_alg", "base"))
function("void crypto_unregister_shash(struct shash_alg *alg)")(algapi.unregistering("shash_alg", "base"))
function("int crypto_register_shashes(struct shash_alg *algs, int count)")(registering_all("shash_alg", "base"))
function("void crypto_unregister_shashes(struct shash_alg *algs, int count)")(unregistering_all("shash_alg", "base"))


def algorithm(guest: Guest, tfm: int) -> View:
    """Return the algorithm of an allocated hash."""
    base = getattr(view(guest, "crypto_shash", tfm).base, "__crt_alg")
    return view(guest, "shash_alg", base - offset_of(guest, "shash_alg", "base"))


def allocate(guest: Guest, address: int) -> int:
    """Return a new handle of a hash, whose `struct crypto_alg` is given."""
    tfm = algapi.take(guest, address, size_of(guest, "crypto_shash"))
    row, base = view(guest, "crypto_shash", tfm), view(guest, "crypto_alg", address)
    setattr(row.base, "__crt_alg", address)
    row.base.refcnt.refs = 1
    alg = algorithm(guest, tfm)
    _complete(guest, alg)
    row.descsize = alg.descsize
    _demand_key(guest, row, alg)
    result = 0
    if alg.init_tfm:
        result = guest.call_signed(alg.init_tfm, tfm)
    elif base.cra_init:
        result = guest.call_signed(base.cra_init, row.base.address())
    if result:
        raise Needs("crypto_alloc_shash that fails")
    return tfm


_DEFAULTS = {
    "finup": "shash_finup_unaligned", "digest": "shash_digest_unaligned", "export": "shash_default_export",
    "import": "shash_default_import", "setkey": "shash_no_setkey",
}  # fmt: skip
"""What a hash has in place of functions that it lacks."""
NEED_KEY, _OPTIONAL_KEY = 1, 0x4000


def _complete(guest: Guest, alg: View) -> None:
    """Give a hash the functions that it lacks (`shash_prepare_alg()`)."""
    if not alg.export:
        alg.statesize = alg.descsize
    for field, symbol in _DEFAULTS.items():
        if not getattr(alg, field):
            setattr(alg, field, guest.address_of(symbol))


def _demand_key(guest: Guest, row: View, alg: View) -> None:
    """Have a handle say that it needs a key, if it does."""
    if alg.setkey != guest.address_of("shash_no_setkey") and not alg.base.cra_flags & _OPTIONAL_KEY:
        row.base.crt_flags |= NEED_KEY


@function("struct crypto_shash *crypto_alloc_shash(const char *alg_name, u32 type, u32 mask)")
def crypto_alloc_shash(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """Return a new handle of a hash and take a reference on the module that brings it, or -ENOENT as a pointer. Those
    of the kernel's own algorithms that are not there stop the run.
    """
    address = algapi.of_kind(guest, name, _SHASH)
    return allocate(guest, address) if address else -ENOENT


def _of(guest: Guest, desc: int) -> View:
    """Return the algorithm of a hash that is being made."""
    return algorithm(guest, view(guest, "shash_desc", desc).tfm)


def context(guest: Guest, desc: int) -> int:
    """Return where a hash that is being made has its state."""
    return desc + offset_of(guest, "shash_desc", "__ctx")


@function("int crypto_shash_setkey(struct crypto_shash *tfm, const u8 *key, unsigned int keylen)")
def crypto_shash_setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Set the key of a handle; return 0, -ENOSYS for a hash without one, or what the hash's module answers."""
    row, alg = view(guest, "crypto_shash", tfm), algorithm(guest, tfm)
    result = guest.call_signed(alg.setkey, tfm, key, size)
    if result:
        _demand_key(guest, row, alg)
    else:
        row.base.crt_flags &= ~NEED_KEY
    return result


@function("int crypto_shash_update(struct shash_desc *desc, const u8 *data, unsigned int len)")
def crypto_shash_update(guest: Guest, desc: int, data: int, size: int) -> int:
    """Give more data to a hash; return what its module answers."""
    return guest.call_signed(_of(guest, desc).update, desc, data, size)


@function("int crypto_shash_final(struct shash_desc *desc, u8 *out)")
def crypto_shash_final(guest: Guest, desc: int, result: int) -> int:
    """Store the digest; return what the hash's module answers."""
    return guest.call_signed(_of(guest, desc).final, desc, result)


@function("int crypto_shash_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def crypto_shash_finup(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Give the last data to a hash and store the digest; return what the hash's module answers."""
    return guest.call_signed(_of(guest, desc).finup, desc, data, size, out)


@function("int crypto_shash_digest(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def crypto_shash_digest(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Store the digest of data; return what the hash's module answers, or -ENOKEY where a key is missing."""
    row = view(guest, "crypto_shash", view(guest, "shash_desc", desc).tfm)
    if row.base.crt_flags & NEED_KEY:
        return -ENOKEY
    return guest.call_signed(_of(guest, desc).digest, desc, data, size, out)


@function("int crypto_shash_tfm_digest(struct crypto_shash *tfm, const u8 *data, unsigned int len, u8 *out)")
def crypto_shash_tfm_digest(guest: Guest, tfm: int, data: int, size: int, out: int) -> int:
    """Store the digest of data, by a handle alone; return as crypto_shash_digest()."""
    desc = guest.heap.kmalloc(size_of(guest, "shash_desc") + view(guest, "crypto_shash", tfm).descsize)
    view(guest, "shash_desc", desc).tfm = tfm
    result = int(crypto_shash_digest(guest, desc, data, size, out))
    guest.heap.free(desc)
    return result


@function("int shash_finup_unaligned(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def finup(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Go on with the last data, then end; return 0 or an error."""
    return int(crypto_shash_update(guest, desc, data, size) or crypto_shash_final(guest, desc, out))


@function("int shash_digest_unaligned(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def digest(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Begin, go on with data, and end; return 0 or an error."""
    return guest.call_signed(_of(guest, desc).init, desc) or int(crypto_shash_finup(guest, desc, data, size, out))


@function("int shash_default_export(struct shash_desc *desc, void *out)")
def default_export(guest: Guest, desc: int, out: int) -> int:
    """Store the state of a hash that is being made; return 0."""
    size = view(guest, "crypto_shash", view(guest, "shash_desc", desc).tfm).descsize
    guest.memory.write(out, guest.memory.read(context(guest, desc), size))
    return 0


@function("int shash_default_import(struct shash_desc *desc, const void *in)")
def default_import(guest: Guest, desc: int, source: int) -> int:
    """Go on with a hash from a state that was stored; return 0."""
    size = view(guest, "crypto_shash", view(guest, "shash_desc", desc).tfm).descsize
    guest.memory.write(context(guest, desc), guest.memory.read(source, size))
    return 0


@function("int shash_no_setkey(struct crypto_shash *tfm, const u8 *key, unsigned int keylen)")
def no_setkey(_guest: Guest, _tfm: int, _key: int, _size: int) -> int:
    """Return -ENOSYS: the hash has no key."""
    return -ENOSYS
