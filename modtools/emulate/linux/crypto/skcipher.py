"""crypto/skcipher.c: Registering symmetric ciphers."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.linux.crypto.algapi import dropping_all, entering_all
from modtools.emulate.symbols.registry import function

function("int crypto_register_skcipher(struct skcipher_alg *alg)")(algapi.entering("skcipher_alg", "base"))
function("void crypto_unregister_skcipher(struct skcipher_alg *alg)")(algapi.dropping("skcipher_alg", "base"))
function("int crypto_register_skciphers(struct skcipher_alg *algs, int count)")(entering_all("skcipher_alg", "base"))
function("void crypto_unregister_skciphers(struct skcipher_alg *algs, int count)")(dropping_all("skcipher_alg", "base"))
