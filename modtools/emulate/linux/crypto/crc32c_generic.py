"""crypto/crc32c_generic.c: CRC-32C as a hash of the crypto API, where that is built into the kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.crc32 import crc32c_le
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import offset_of, size_of, view
from modtools.linuxerrno import EINVAL

_SHASH, _OPTIONAL_KEY = 0xE, 0x4000
_PRIORITY = 100
_ALL_ONES = 0xFFFFFFFF
_DIGEST = 4
_CALLS = ("init", "update", "final", "finup", "digest", "setkey")


@variable("crc32c_generic_alg", "shash_alg")
def crc32c_generic_alg(guest: Guest, address: int) -> None:
    """Enter the algorithm, as the kernel does when it starts: its test is over."""
    alg = view(guest, "shash_alg", address)
    for call in _CALLS:
        setattr(alg, call, guest.address_of(f"crc32c_generic_{call}"))
    alg.descsize = alg.statesize = alg.digestsize = _DIGEST
    base = alg.base
    base.cra_flags, base.cra_priority = _SHASH | _OPTIONAL_KEY, _PRIORITY
    base.cra_blocksize, base.cra_ctxsize = 1, _DIGEST
    base.cra_init = guest.address_of("crc32c_generic_cra_init")
    base.cra_refcnt.refs = 1
    names = ["crc32c", "crc32c-generic"]
    for field, name in zip(("cra_name", "cra_driver_name"), names, strict=True):
        guest.memory.write(base.address(field), name.encode() + b"\0")
    guest.table("crypto")[base.address()] = names


def _key(guest: Guest, tfm: int) -> int:
    """Return where a handle has its key: behind it."""
    return tfm + size_of(guest, "crypto_shash")


def _state(desc: int) -> int:
    """Return where a hash that is being made has its CRC: behind the handle that it belongs to."""
    return desc + 8


@function("int crc32c_generic_cra_init(struct crypto_tfm *tfm)")
def cra_init(guest: Guest, tfm: int) -> int:
    """Begin with the key that nobody has set, all ones; return 0."""
    guest.memory.put(_key(guest, tfm - offset_of(guest, "crypto_shash", "base")), _ALL_ONES, 4)
    return 0


@function("int crc32c_generic_setkey(struct crypto_shash *tfm, const u8 *key, unsigned int keylen)")
def setkey(guest: Guest, tfm: int, key: int, size: int) -> int:
    """Set what the CRC begins with, of four bytes; return 0, or -EINVAL for another size."""
    if size != _DIGEST:
        return -EINVAL
    guest.memory.put(_key(guest, tfm), guest.memory.u32(key), 4)
    return 0


@function("int crc32c_generic_init(struct shash_desc *desc)")
def init(guest: Guest, desc: int) -> int:
    """Begin with the key; return 0."""
    guest.memory.put(_state(desc), guest.memory.u32(_key(guest, view(guest, "shash_desc", desc).tfm)), 4)
    return 0


@function("int crc32c_generic_update(struct shash_desc *desc, const u8 *data, unsigned int len)")
def update(guest: Guest, desc: int, data: int, size: int) -> int:
    """Go on with data; return 0."""
    guest.memory.put(_state(desc), crc32c_le(guest, guest.memory.u32(_state(desc)), data, size), 4)
    return 0


@function("int crc32c_generic_final(struct shash_desc *desc, u8 *out)")
def final(guest: Guest, desc: int, out: int) -> int:
    """Store the CRC with all its bits inverted, the lowest byte first; return 0."""
    guest.memory.put(out, ~guest.memory.u32(_state(desc)) & _ALL_ONES, 4)
    return 0


@function("int crc32c_generic_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def finup(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Go on with the last data, and store the CRC; return 0."""
    update(guest, desc, data, size)
    return int(final(guest, desc, out))


@function("int crc32c_generic_digest(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")
def digest(guest: Guest, desc: int, data: int, size: int, out: int) -> int:
    """Store the CRC of data; return 0."""
    init(guest, desc)
    return int(finup(guest, desc, data, size, out))
