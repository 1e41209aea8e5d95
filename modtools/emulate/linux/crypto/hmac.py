"""crypto/hmac.c: A hash with a key, made of another hash. (RFC 2104)

The context of a handle: the address of the inner hash's handle, then two states of it that have taken the key. The
state of a hash that is being made is the inner one's.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi, shash
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, offset_of, size_of, view

_SHASH = 0xE
_INNER, _OUTER = 0x36, 0x5C
_POINTER = 8
_CALLS = ("init", "update", "final", "finup", "export", "import", "setkey", "init_tfm", "exit_tfm")


def create(guest: Guest, name: int) -> int:
    """Return the algorithm for a hash by its name, which is entered; 0 if there is no such hash, or it has a key."""
    address = algapi.of_kind(guest, name, _SHASH)
    if not address:
        return 0
    inner = view(guest, "shash_alg", address - offset_of(guest, "shash_alg", "base"))
    if inner.setkey and inner.setkey != guest.address_of("shash_no_setkey"):
        return 0
    alg = new(guest, "shash_alg")
    for call in _CALLS:
        setattr(alg, call, guest.address_of(f"hmac_{call}"))
    alg.descsize = size_of(guest, "shash_desc") + inner.descsize
    alg.digestsize, alg.statesize = inner.digestsize, inner.statesize or inner.descsize
    base = alg.base
    base.cra_flags, base.cra_priority, base.cra_blocksize = _SHASH, inner.base.cra_priority, inner.base.cra_blocksize
    base.cra_ctxsize, base.cra_module = _POINTER + 2 * alg.statesize, inner.base.cra_module
    guest.table("crypto instances")[alg.address()] = address
    algapi.name_instance(guest, base.address(), "hmac", inner.base)
    return int(base.address())


def _context(guest: Guest, tfm: int) -> int:
    return tfm + size_of(guest, "crypto_shash")


def _hash(guest: Guest, tfm: int) -> View:
    """Return the handle of the inner hash."""
    return view(guest, "crypto_shash", guest.memory.u64(_context(guest, tfm)))


def _pad(guest: Guest, tfm: int, number: int) -> int:
    """Return where one of the two states lies that have taken the key."""
    return _context(guest, tfm) + _POINTER + number * int(shash.algorithm(guest, tfm).statesize)


def _inner(guest: Guest, desc: int) -> tuple[int, View]:
    """Return the inner hash that is being made, and its algorithm."""
    inner, tfm = shash.context(guest, desc), view(guest, "shash_desc", desc).tfm
    handle = _hash(guest, tfm).address()
    view(guest, "shash_desc", inner).tfm = handle
    return inner, shash.algorithm(guest, handle)


@function("int hmac_init_tfm(struct crypto_shash *tfm)")
def init_tfm(guest: Guest, tfm: int) -> int:
    """Allocate the inner hash's handle; return 0."""
    instance = guest.table("crypto instances")[shash.algorithm(guest, tfm).address()]
    guest.memory.put(_context(guest, tfm), shash.allocate(guest, instance), 8)
    return 0


@function("void hmac_exit_tfm(struct crypto_shash *tfm)")
def exit_tfm(guest: Guest, tfm: int) -> None:
    """Free the inner hash's handle."""
    inner = _hash(guest, tfm)
    guest.call(guest.address_of("crypto_destroy_tfm"), inner.address(), inner.base.address())


@function("int hmac_setkey(struct crypto_shash *tfm, const u8 *key, unsigned int keylen)")
def setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Let both states take the key, or the digest of one that is longer than a block; return 0 or an error."""
    handle = _hash(guest, tfm)
    alg = shash.algorithm(guest, handle.address())
    block = alg.base.cra_blocksize
    place, desc = guest.heap.kmalloc(block), guest.heap.kmalloc(size_of(guest, "shash_desc") + handle.descsize)
    view(guest, "shash_desc", desc).tfm = handle.address()
    text, result = guest.memory.read(key, size), 0
    if size > block:
        result = guest.call_signed(alg.digest, desc, key, size, place)
        text = guest.memory.read(place, alg.digestsize)
    for number, pad in enumerate((_INNER, _OUTER)):
        guest.memory.write(place, bytes(byte ^ pad for byte in text.ljust(block, b"\0")))
        result = result or guest.call_signed(alg.init, desc) or guest.call_signed(alg.update, desc, place, block)
        result = result or guest.call_signed(alg.export, desc, _pad(guest, tfm, number))
    guest.heap.free(place)
    guest.heap.free(desc)
    return result


def _begin(guest: Guest, desc: int, number: int) -> int:
    """Let the inner hash begin with one of the states that have taken the key; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return guest.call_signed(getattr(alg, "import"), inner, _pad(guest, view(guest, "shash_desc", desc).tfm, number))


@function("int hmac_init(struct shash_desc *desc)")
def init(guest: Guest, desc: int) -> int:
    """Begin a message; return 0 or an error."""
    return _begin(guest, desc, 0)


@function("int hmac_update(struct shash_desc *desc, const u8 *data, unsigned int len)")
def update(guest: Guest, desc: int, data: int, size: int) -> int:
    """Go on with data; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return guest.call_signed(alg.update, inner, data, size)


def _end(guest: Guest, desc: int, out: int) -> int:
    """Take the digest of the message for a message of the outer hash, and store its digest; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return _begin(guest, desc, 1) or guest.call_signed(alg.finup, inner, out, alg.digestsize, out)


@function("int hmac_final(struct shash_desc *desc, u8 *out)")
def final(guest: Guest, desc: int, out: int) -> int:
    """End the message and store its digest; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return guest.call_signed(alg.final, inner, out) or _end(guest, desc, out)


@function("int hmac_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def finup(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Go on with the last data, end the message and store its digest; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return guest.call_signed(alg.finup, inner, data, size, out) or _end(guest, desc, out)


@function("int hmac_export(struct shash_desc *desc, void *out)")
def hmac_export(guest: Guest, desc: int, out: int) -> int:
    """Store the state of a message; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return guest.call_signed(alg.export, inner, out)


@function("int hmac_import(struct shash_desc *desc, const void *in)")
def hmac_import(guest: Guest, desc: int, source: int) -> int:
    """Go on with a message from a state that was stored; return 0 or an error."""
    inner, alg = _inner(guest, desc)
    return guest.call_signed(getattr(alg, "import"), inner, source)
