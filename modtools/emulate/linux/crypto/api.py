"""crypto/api.c: Looking algorithms up, and freeing their handles."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import algapi, shash
from modtools.emulate.linux.kernel.module.main import module_put
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of
from modtools.integers import ERROR_POINTERS


@function("int crypto_has_alg(const char *name, u32 type, u32 mask)")
def crypto_has_alg(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """Return 1 if there is an algorithm of this name, or its module can be loaded; 0 if not."""
    return int(algapi.find(guest, name) != 0)


function("struct crypto_tfm *crypto_alloc_base(const char *alg_name, u32 type, u32 mask)")(algapi.allocating("cipher"))


@function("void crypto_destroy_tfm(void *mem, struct crypto_tfm *tfm)")
def crypto_destroy_tfm(guest: Guest, memory: int, tfm: int) -> None:
    """Free the handle of a hash and give the reference on its module back; NULL and error pointers are ignored."""
    if not memory or memory >= ERROR_POINTERS:
        return
    if tfm != memory + offset_of(guest, "crypto_shash", "base"):
        raise Needs("crypto_destroy_tfm of something else than a hash")
    alg = shash.algorithm(guest, memory)
    if alg.exit_tfm:
        guest.call(alg.exit_tfm, memory)
    elif alg.base.cra_exit:
        guest.call(alg.base.cra_exit, tfm)
    module_put(guest, alg.base.cra_module)
    guest.heap.free(memory)
