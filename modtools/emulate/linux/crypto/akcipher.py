"""crypto/akcipher.c: Registering public key ciphers."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.symbols.registry import function

function("int crypto_register_akcipher(struct akcipher_alg *alg)")(algapi.registering("akcipher_alg", "base"))
function("void crypto_unregister_akcipher(struct akcipher_alg *alg)")(algapi.unregistering("akcipher_alg", "base"))
