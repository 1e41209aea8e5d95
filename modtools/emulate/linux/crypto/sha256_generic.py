"""crypto/sha256_generic.c: SHA-256 and SHA-224, where they are built into the kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.crypto.sha256 import compress
from modtools.emulate.objects.blockhashes import BlockHash
from modtools.emulate.symbols.registry import function, variable

_STATE = ("state", "count", "buf")
SHA256 = BlockHash(
    "sha256",
    "sha256_state",
    _STATE,
    (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19),
    "big",
    compress,
    ("crypto_sha256_init", "crypto_sha256_update", "crypto_sha256_final", "crypto_sha256_finup"),
)
SHA224 = BlockHash(
    "sha224",
    "sha256_state",
    _STATE,
    (0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4),
    "big",
    compress,
    ("crypto_sha224_init", "crypto_sha256_update", "crypto_sha224_final", "crypto_sha224_finup"),
)


@variable("sha256_generic_alg", "shash_alg")
def sha256_generic_alg(guest: Guest, address: int) -> None:
    """Enter the algorithm, as the kernel does when it starts."""
    SHA256.enter(guest, address)


@variable("sha224_generic_alg", "shash_alg")
def sha224_generic_alg(guest: Guest, address: int) -> None:
    """Enter the algorithm, as the kernel does when it starts."""
    SHA224.enter(guest, address)


function("int crypto_sha256_init(struct shash_desc *desc)")(SHA256.init)
function("int crypto_sha256_update(struct shash_desc *desc, const u8 *data, unsigned int len)")(SHA256.update)
function("int crypto_sha256_final(struct shash_desc *desc, u8 *out)")(SHA256.final)
function("int crypto_sha256_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")(SHA256.finup)
function("int crypto_sha224_init(struct shash_desc *desc)")(SHA224.init)
function("int crypto_sha224_final(struct shash_desc *desc, u8 *out)")(SHA224.final)
function("int crypto_sha224_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")(SHA224.finup)
