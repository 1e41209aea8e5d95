"""crypto/skcipher.c: Symmetric ciphers: registering them, and using them."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, offset_of, size_of, view
from modtools.linuxerrno import EINVAL, ENOENT, ENOKEY

function("int crypto_register_skcipher(struct skcipher_alg *alg)")(algapi.registering("skcipher_alg", "base"))
function("void crypto_unregister_skcipher(struct skcipher_alg *alg)")(algapi.unregistering("skcipher_alg", "base"))
function("int crypto_register_skciphers(struct skcipher_alg *algs, int count)")(registering_all("skcipher_alg", "base"))
function("void crypto_unregister_skciphers(struct skcipher_alg *algs, int count)")(
    unregistering_all("skcipher_alg", "base")
)
_SKCIPHER, _NEED_KEY = 5, 1


def algorithm(guest: Guest, tfm: int) -> View:
    """Return the algorithm of an allocated cipher."""
    base = getattr(view(guest, "crypto_skcipher", tfm).base, "__crt_alg")
    return view(guest, "skcipher_alg", base - offset_of(guest, "skcipher_alg", "base"))


@function("struct crypto_skcipher *crypto_alloc_skcipher(const char *alg_name, u32 type, u32 mask)")
def crypto_alloc_skcipher(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """Return a new handle of a cipher, or -ENOENT as a pointer."""
    address = algapi.of_kind(guest, name, _SKCIPHER)
    if not address:
        return -ENOENT
    tfm = algapi.take(guest, address, size_of(guest, "crypto_skcipher"))
    row = view(guest, "crypto_skcipher", tfm)
    setattr(row.base, "__crt_alg", address)
    row.base.refcnt.refs = 1
    alg = algorithm(guest, tfm)
    row.base.crt_flags |= _NEED_KEY * bool(alg.max_keysize)
    if alg.init and guest.call_signed(alg.init, tfm):
        raise Needs("crypto_alloc_skcipher that fails")
    return tfm


@function("int crypto_skcipher_setkey(struct crypto_skcipher *tfm, const u8 *key, unsigned int keylen)")
def crypto_skcipher_setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Set the key of a handle; return 0, -EINVAL for a size that the cipher does not have, or what it answers."""
    alg, row = algorithm(guest, tfm), view(guest, "crypto_skcipher", tfm)
    if not alg.min_keysize <= size <= alg.max_keysize:
        return -EINVAL
    result = guest.call_signed(alg.setkey, tfm, key, size)
    if result:
        row.base.crt_flags |= _NEED_KEY
    else:
        row.base.crt_flags &= ~_NEED_KEY
    return result


def _crypt(guest: Guest, request: int, call: str) -> int:
    tfm = view(guest, "skcipher_request", request).base.tfm - offset_of(guest, "crypto_skcipher", "base")
    if view(guest, "crypto_skcipher", tfm).base.crt_flags & _NEED_KEY:
        return -ENOKEY
    return guest.call_signed(getattr(algorithm(guest, tfm), call), request)


@function("int crypto_skcipher_encrypt(struct skcipher_request *req)")
def crypto_skcipher_encrypt(guest: Guest, request: int) -> int:
    """Encrypt; return what the cipher answers, or -ENOKEY where a key is missing."""
    return _crypt(guest, request, "encrypt")


@function("int crypto_skcipher_decrypt(struct skcipher_request *req)")
def crypto_skcipher_decrypt(guest: Guest, request: int) -> int:
    """Decrypt; return what the cipher answers, or -ENOKEY where a key is missing."""
    return _crypt(guest, request, "decrypt")
