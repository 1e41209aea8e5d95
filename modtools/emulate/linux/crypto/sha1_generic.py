"""crypto/sha1_generic.c: SHA-1, where that is built into the kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.sha1 import compress
from modtools.emulate.objects.blockhashes import BlockHash
from modtools.emulate.symbols.registry import function, variable

SHA1 = BlockHash(
    "sha1",
    "sha1_state",
    ("state", "count", "buffer"),
    (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0),
    "big",
    compress,
    ("sha1_base_init", "crypto_sha1_update", "sha1_final", "crypto_sha1_finup"),
)


@variable("sha1_generic_alg", "shash_alg")
def sha1_generic_alg(guest: Guest, address: int) -> None:
    """Enter the algorithm, as the kernel does when it starts."""
    SHA1.enter(guest, address)


function("int sha1_base_init(struct shash_desc *desc)")(SHA1.init)
function("int crypto_sha1_update(struct shash_desc *desc, const u8 *data, unsigned int len)")(SHA1.update)
function("int sha1_final(struct shash_desc *desc, u8 *out)")(SHA1.final)
function("int crypto_sha1_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")(SHA1.finup)
