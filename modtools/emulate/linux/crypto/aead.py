"""crypto/aead.c: Registering authenticated encryption."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import registering_all, unregistering_all
from modtools.emulate.symbols.registry import function

function("int crypto_register_aead(struct aead_alg *alg)")(algapi.registering("aead_alg", "base"))
function("void crypto_unregister_aead(struct aead_alg *alg)")(algapi.unregistering("aead_alg", "base"))
function("int crypto_register_aeads(struct aead_alg *algs, int count)")(registering_all("aead_alg", "base"))
function("void crypto_unregister_aeads(struct aead_alg *algs, int count)")(unregistering_all("aead_alg", "base"))
function("struct crypto_aead *crypto_alloc_aead(const char *alg_name, u32 type, u32 mask)")(algapi.allocating("aead"))
