"""crypto/scompress.c: Registering synchronous compression."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.symbols.registry import function

function("int crypto_register_scomp(struct scomp_alg *alg)")(algapi.registering("scomp_alg", "base"))
function("void crypto_unregister_scomp(struct scomp_alg *alg)")(algapi.unregistering("scomp_alg", "base"))
