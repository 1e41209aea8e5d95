"""crypto/ahash.c: Registering asynchronous hashes."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import dropping_all, entering_all
from modtools.emulate.symbols.registry import function

function("int crypto_register_ahash(struct ahash_alg *alg)")(algapi.entering("ahash_alg", "halg.base"))
function("void crypto_unregister_ahash(struct ahash_alg *alg)")(algapi.dropping("ahash_alg", "halg.base"))
function("int crypto_register_ahashes(struct ahash_alg *algs, int count)")(entering_all("ahash_alg", "halg.base"))
function("void crypto_unregister_ahashes(struct ahash_alg *algs, int count)")(dropping_all("ahash_alg", "halg.base"))
