"""crypto/api.c: Looking algorithms up, and freeing their handles."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import ahash, algapi, shash, skcipher
from modtools.emulate.linux.kernel.module.main import module_put
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, has, offset_of, view
from modtools.integers import ERROR_POINTERS
from modtools.linuxerrno import EINPROGRESS

_TYPE, _SHASH, _SKCIPHER = 0xF, 0xE, 5


@function("int crypto_has_alg(const char *name, u32 type, u32 mask)")
def crypto_has_alg(guest: Guest, name: int, _type: int, _mask: int) -> int:
    """Return 1 if there is an algorithm of this name, or its module can be loaded; 0 if not."""
    return int(algapi.find(guest, name) != 0)


function("struct crypto_tfm *crypto_alloc_base(const char *alg_name, u32 type, u32 mask)")(algapi.allocating("cipher"))


@function("void crypto_destroy_tfm(void *mem, struct crypto_tfm *tfm)")
def crypto_destroy_tfm(guest: Guest, memory: int, tfm: int) -> None:
    """Free the handle of a hash or a cipher and give the reference on its module back; NULL and error pointers are
    ignored.
    """
    if not memory or memory >= ERROR_POINTERS:
        return
    base = view(guest, "crypto_alg", getattr(view(guest, "crypto_tfm", tfm), "__crt_alg"))
    if has(guest, "crypto_ahash", "init") and tfm == memory + offset_of(guest, "crypto_ahash", "base"):
        inner = view(guest, "crypto_shash", ahash.inner_of(guest, memory))
        crypto_destroy_tfm(guest, inner.address(), inner.base.address())
        guest.heap.free(memory)
        return
    _leave(guest, memory, tfm, base)
    module_put(guest, base.cra_module)
    guest.heap.free(memory)


def _leave(guest: Guest, memory: int, tfm: int, base: View) -> None:
    """Call what an algorithm has for the end of a handle."""
    if base.cra_flags & _TYPE == _SHASH:
        leave = shash.algorithm(guest, memory).exit_tfm
    elif base.cra_flags & _TYPE == _SKCIPHER:
        leave = skcipher.algorithm(guest, memory).exit
    else:
        raise Needs("crypto_destroy_tfm of something else than a hash or a cipher")
    if leave:
        guest.call(leave, memory)
    elif base.cra_exit:
        guest.call(base.cra_exit, tfm)


@function("void crypto_req_done(struct crypto_async_request *req, int err)")
def crypto_req_done(guest: Guest, address: int, error: int) -> None:
    """Note the result of a request in the `struct crypto_wait` of who waits for it, and wake that."""
    if error == -EINPROGRESS:
        return
    wait = view(guest, "crypto_wait", view(guest, "crypto_async_request", address).data)
    wait.err = error
    guest.call(guest.address_of("complete"), wait.completion.address())
