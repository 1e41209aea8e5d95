"""crypto/cbc.c: A cipher in the mode CBC: of the kernel's own ciphers, AES. (NIST SP 800-38A)

The context of a handle: the bytes of the key, then the key.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.lib.crypto import aes
from modtools.emulate.linux.lib.scatterlist import copy_from, copy_to
from modtools.emulate.machine.builtin import ALGORITHMS
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, offset_of, size_of, view
from modtools.linuxerrno import EINVAL

_SKCIPHER = 5
_PRIORITY = 100
_INNER = {"aes": "aes-generic", "aes-generic": "aes-generic"}


def create(guest: Guest, name: int) -> int:
    """Return the algorithm for a cipher of single blocks by its name, which is entered; 0 if that is not the kernel's
    own AES.
    """
    known = ALGORITHMS.get(guest.profile.release, {})
    if (inner := _INNER.get(guest.text(name))) is None or inner not in known:
        return 0
    alg, single = new(guest, "skcipher_alg"), new(guest, "crypto_alg")
    for call in ("setkey", "encrypt", "decrypt"):
        setattr(alg, call, guest.address_of(f"cbc_aes_{call}"))
    alg.min_keysize, alg.max_keysize = min(aes.KEY_SIZES), max(aes.KEY_SIZES)
    alg.ivsize = alg.chunksize = alg.walksize = aes.BLOCK
    base = alg.base
    base.cra_flags, base.cra_priority, base.cra_blocksize = _SKCIPHER, _PRIORITY, aes.BLOCK
    base.cra_ctxsize = 8 + alg.max_keysize
    for field, text in (("cra_name", b"aes"), ("cra_driver_name", inner.encode())):
        guest.memory.write(single.address(field), text + b"\0")
    algapi.name_instance(guest, base.address(), "cbc", single)
    guest.heap.free(single.address())
    return int(base.address())


def _context(guest: Guest, tfm: int) -> int:
    return tfm + size_of(guest, "crypto_skcipher")


@function("int cbc_aes_setkey(struct crypto_skcipher *tfm, const u8 *key, unsigned int keylen)")
def setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Set the key; return 0, or -EINVAL for another size than AES has."""
    if size not in aes.KEY_SIZES:
        return -EINVAL
    guest.memory.put(_context(guest, tfm), size, 8)
    guest.memory.write(_context(guest, tfm) + 8, guest.memory.read(key, size))
    return 0


def _crypt(guest: Guest, address: int, *, decrypting: bool) -> int:
    """Do the whole blocks of a request, and store the last block of cipher as what the next one begins with; return 0,
    or -EINVAL where less than a block is left.
    """
    request = view(guest, "skcipher_request", address)
    context = _context(guest, request.base.tfm - offset_of(guest, "crypto_skcipher", "base"))
    keys = aes.expand(guest.memory.read(context + 8, guest.memory.u64(context)))
    data, before, done = copy_from(guest, request.src, request.cryptlen), guest.memory.read(request.iv, aes.BLOCK), b""
    guest.effort.spend(len(data))
    for at in range(0, len(data) // aes.BLOCK * aes.BLOCK, aes.BLOCK):
        block = data[at : at + aes.BLOCK]
        if decrypting:
            done += _xor(aes.decrypt(keys, block), before)
            before = block
        else:
            before = aes.encrypt(keys, _xor(block, before))
            done += before
    copy_to(guest, request.dst, done)
    guest.memory.write(request.iv, before)
    return -EINVAL if len(done) < len(data) else 0


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(first, second, strict=True))


@function("int cbc_aes_encrypt(struct skcipher_request *req)")
def encrypt(guest: Guest, request: int) -> int:
    """Encrypt; return 0, or -EINVAL for what does not end with a block."""
    return _crypt(guest, request, decrypting=False)


@function("int cbc_aes_decrypt(struct skcipher_request *req)")
def decrypt(guest: Guest, request: int) -> int:
    """Decrypt; return 0, or -EINVAL for what does not end with a block."""
    return _crypt(guest, request, decrypting=True)
