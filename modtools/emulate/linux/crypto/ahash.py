"""crypto/ahash.c: Asynchronous hashes: registering them, and using synchronous ones as such."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi, shash
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.linux.lib.scatterlist import copy_from
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, offset_of, size_of, view
from modtools.linuxerrno import ENOENT, ENOKEY

function("int crypto_register_ahash(struct ahash_alg *alg)")(algapi.registering("ahash_alg", "halg.base"))
function("void crypto_unregister_ahash(struct ahash_alg *alg)")(algapi.unregistering("ahash_alg", "halg.base"))
function("int crypto_register_ahashes(struct ahash_alg *algs, int count)")(registering_all("ahash_alg", "halg.base"))
function("void crypto_unregister_ahashes(struct ahash_alg *algs, int count)")(
    unregistering_all("ahash_alg", "halg.base")
)
_SHASH = 0xE
_POINTER = 8
_CALLS = ("init", "update", "final", "finup", "digest", "setkey")


@function("struct crypto_ahash *crypto_alloc_ahash(const char *alg_name, u32 type, u32 mask)")
def crypto_alloc_ahash(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """Return a new handle of a hash, which is made of a synchronous one, or -ENOENT as a pointer. An asynchronous one
    stops the run.
    """
    address = algapi.find(guest, name)
    if not address:
        return -ENOENT
    if view(guest, "crypto_alg", address).cra_flags & 0xF != _SHASH:
        raise Needs(f"a handle of ahash {guest.text(name)}")
    inner = shash.allocate(guest, address)
    row = new_handle(guest)
    for call in _CALLS:
        setattr(row, call, guest.address_of(f"shash_async_{call}"))
    setattr(row.base, "__crt_alg", address)
    row.base.refcnt.refs = 1
    row.base.crt_flags = view(guest, "crypto_shash", inner).base.crt_flags
    row.reqsize = size_of(guest, "shash_desc") + view(guest, "crypto_shash", inner).descsize
    guest.memory.put(row.address() + size_of(guest, "crypto_ahash"), inner, 8)
    return row.address()


def new_handle(guest: Guest) -> View:
    """Return a zeroed handle with room for the address of a synchronous hash's behind it."""
    return view(guest, "crypto_ahash", guest.heap.kmalloc(size_of(guest, "crypto_ahash") + _POINTER))


def inner_of(guest: Guest, tfm: int) -> int:
    """Return the synchronous hash's handle of a handle."""
    return guest.memory.u64(tfm + size_of(guest, "crypto_ahash"))


def _parts(guest: Guest, address: int) -> tuple[View, int, View]:
    """Return a request, the synchronous hash that is being made for it, and its algorithm."""
    request = view(guest, "ahash_request", address)
    desc = address + offset_of(guest, "ahash_request", "__ctx")
    tfm = inner_of(guest, request.base.tfm - offset_of(guest, "crypto_ahash", "base"))
    view(guest, "shash_desc", desc).tfm = tfm
    return request, desc, shash.algorithm(guest, tfm)


def _data(guest: Guest, request: View) -> int:
    """Return the address of a copy of what is to be hashed."""
    return guest.new_text(copy_from(guest, request.src, request.nbytes))


@function("int shash_async_init(struct ahash_request *req)")
def shash_async_init(guest: Guest, address: int) -> int:
    """Begin a message; return what the hash answers."""
    _, desc, alg = _parts(guest, address)
    return guest.call_signed(alg.init, desc)


def _with_data(guest: Guest, address: int, call: str, *, ends: bool = True) -> int:
    request, desc, alg = _parts(guest, address)
    data = _data(guest, request)
    out = (request.result,) if ends else ()
    result = guest.call_signed(getattr(alg, call), desc, data, request.nbytes, *out)
    guest.heap.free(data)
    return result


@function("int shash_async_update(struct ahash_request *req)")
def shash_async_update(guest: Guest, address: int) -> int:
    """Go on with a request's data; return what the hash answers."""
    return _with_data(guest, address, "update", ends=False)


@function("int shash_async_final(struct ahash_request *req)")
def shash_async_final(guest: Guest, address: int) -> int:
    """End the message and store its digest; return what the hash answers."""
    request, desc, alg = _parts(guest, address)
    return guest.call_signed(alg.final, desc, request.result)


@function("int shash_async_finup(struct ahash_request *req)")
def shash_async_finup(guest: Guest, address: int) -> int:
    """Go on with the last data and store the digest; return what the hash answers."""
    return _with_data(guest, address, "finup")


@function("int shash_async_digest(struct ahash_request *req)")
def shash_async_digest(guest: Guest, address: int) -> int:
    """Store the digest of a request's data; return what the hash answers."""
    return _with_data(guest, address, "digest")


@function("int shash_async_setkey(struct crypto_ahash *tfm, const u8 *key, unsigned int keylen)")
def shash_async_setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Set the key of the synchronous hash; return what it answers."""
    return int(shash.crypto_shash_setkey(guest, inner_of(guest, tfm), key, size))


@function("int crypto_ahash_setkey(struct crypto_ahash *tfm, const u8 *key, unsigned int keylen)")
def crypto_ahash_setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Set the key of a handle; return what the hash answers."""
    row = view(guest, "crypto_ahash", tfm)
    result = guest.call_signed(row.setkey, tfm, key, size)
    if not result:
        row.base.crt_flags &= ~shash.NEED_KEY
    return result


def _call(guest: Guest, address: int, call: str, *, keyed: bool = False) -> int:
    tfm = view(guest, "ahash_request", address).base.tfm - offset_of(guest, "crypto_ahash", "base")
    row = view(guest, "crypto_ahash", tfm)
    if keyed and row.base.crt_flags & shash.NEED_KEY:
        return -ENOKEY
    return guest.call_signed(getattr(row, call), address)


@function("int crypto_ahash_final(struct ahash_request *req)")
def crypto_ahash_final(guest: Guest, address: int) -> int:
    """End the message of a request and store its digest; return what the hash answers."""
    return _call(guest, address, "final")


@function("int crypto_ahash_finup(struct ahash_request *req)")
def crypto_ahash_finup(guest: Guest, address: int) -> int:
    """Go on with the last data of a request and store the digest; return what the hash answers."""
    return _call(guest, address, "finup")


@function("int crypto_ahash_digest(struct ahash_request *req)")
def crypto_ahash_digest(guest: Guest, address: int) -> int:
    """Store the digest of a request's data; return what the hash answers, or -ENOKEY where a key is missing."""
    return _call(guest, address, "digest", keyed=True)


@function("int crypto_has_ahash(const char *alg_name, u32 type, u32 mask)")
def crypto_has_ahash(guest: Guest, name: int, _type: int, mask: int) -> bool:
    """Return whether there is a hash of this name, synchronous or not; `mask` may rule asynchronous ones out."""
    return algapi.has_hash(guest, name, mask)
