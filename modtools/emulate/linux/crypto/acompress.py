"""crypto/acompress.c: Registering asynchronous compression."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.symbols.registry import function

function("int crypto_register_acomp(struct acomp_alg *alg)")(algapi.registering("acomp_alg", "base"))
function("void crypto_unregister_acomp(struct acomp_alg *alg)")(algapi.unregistering("acomp_alg", "base"))
