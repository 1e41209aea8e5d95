"""crypto/rng.c: Registering generators of random numbers."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.symbols.registry import function

function("int crypto_register_rng(struct rng_alg *alg)")(algapi.registering("rng_alg", "base"))
function("void crypto_unregister_rng(struct rng_alg *alg)")(algapi.unregistering("rng_alg", "base"))
function("int crypto_register_rngs(struct rng_alg *algs, int count)")(registering_all("rng_alg", "base"))
function("void crypto_unregister_rngs(struct rng_alg *algs, int count)")(unregistering_all("rng_alg", "base"))
