"""crypto/skcipher.c: Registering symmetric ciphers."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.symbols.registry import function

function("int crypto_register_skcipher(struct skcipher_alg *alg)")(algapi.registering("skcipher_alg", "base"))
function("void crypto_unregister_skcipher(struct skcipher_alg *alg)")(algapi.unregistering("skcipher_alg", "base"))
function("int crypto_register_skciphers(struct skcipher_alg *algs, int count)")(registering_all("skcipher_alg", "base"))
function("void crypto_unregister_skciphers(struct skcipher_alg *algs, int count)")(
    unregistering_all("skcipher_alg", "base")
)
function("struct crypto_skcipher *crypto_alloc_skcipher(const char *alg_name, u32 type, u32 mask)")(
    algapi.allocating("skcipher")
)
