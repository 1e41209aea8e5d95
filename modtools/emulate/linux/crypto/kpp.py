"""crypto/kpp.c: Registering key agreement protocols."""

from __future__ import annotations

from modtools.emulate.linux.crypto import algapi
from modtools.emulate.symbols.registry import function

function("int crypto_register_kpp(struct kpp_alg *alg)")(algapi.registering("kpp_alg", "base"))
function("void crypto_unregister_kpp(struct kpp_alg *alg)")(algapi.unregistering("kpp_alg", "base"))
