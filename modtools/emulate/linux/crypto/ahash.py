"""crypto/ahash.c: Registering asynchronous hashes, and whether there is one."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.symbols.registry import function

function("int crypto_register_ahash(struct ahash_alg *alg)")(algapi.registering("ahash_alg", "halg.base"))
function("void crypto_unregister_ahash(struct ahash_alg *alg)")(algapi.unregistering("ahash_alg", "halg.base"))
function("int crypto_register_ahashes(struct ahash_alg *algs, int count)")(registering_all("ahash_alg", "halg.base"))
function("void crypto_unregister_ahashes(struct ahash_alg *algs, int count)")(
    unregistering_all("ahash_alg", "halg.base")
)
function("struct crypto_ahash *crypto_alloc_ahash(const char *alg_name, u32 type, u32 mask)")(
    algapi.allocating("ahash")
)


@function("int crypto_has_ahash(const char *alg_name, u32 type, u32 mask)")
def crypto_has_ahash(guest: Guest, name: int, _type: int, mask: int) -> bool:
    """Return whether there is a hash of this name, synchronous or not; `mask` may rule asynchronous ones out."""
    return algapi.has_hash(guest, name, mask)
