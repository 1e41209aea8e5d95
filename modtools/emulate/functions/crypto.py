"""Registering algorithms and templates of the crypto API.

From Linux 6.1: `crypto/algapi.c`, `crypto/shash.c` and its like. The table `crypto` has the drivers by name. The kernel
tests each algorithm when it is registered, in a thread of its own; these tests are not run. They are silent about what
they find in order, and the result of registering does not depend on them. Of Debian's algorithms only ECDH's fail.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate import listhead
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import offset_of, size_of, view
from modtools.linuxerrno import EEXIST, EINVAL

_LARGEST_ALIGN = 63


def register(guest: Guest, address: int) -> int:
    """Do what crypto_register_alg() does: return 0, -EINVAL, or -EEXIST for a driver's name that is there."""
    alg = view(guest, "crypto_alg", address)
    name, driver = guest.text(alg.address("cra_name"), 128), guest.text(alg.address("cra_driver_name"), 128)
    if "ecdh" in name:
        raise Needs("the self-test of ecdh, which fails")
    if not name or alg.cra_alignmask & alg.cra_alignmask + 1 or alg.cra_alignmask > _LARGEST_ALIGN:
        return -EINVAL
    if alg.cra_priority < 0:
        return -EINVAL
    if not driver:
        driver = f"{name}-generic"
        guest.memory.write(alg.address("cra_driver_name"), driver.encode("utf-8", "surrogateescape") + b"\0")
    table = guest.table("crypto")
    if driver in table:
        return -EEXIST
    table[driver] = [name, address]
    guest.memory.put(alg.address("cra_refcnt"), 1, 4)
    for head in (alg.cra_users.address(), alg.cra_list.address()):
        listhead.init(guest, head)
    return 0


def unregister(guest: Guest, address: int) -> None:
    """Do what crypto_unregister_alg() does: remove an algorithm and call its destroy function."""
    driver = guest.text(view(guest, "crypto_alg", address).address("cra_driver_name"), 128)
    guest.table("crypto").pop(driver, None)
    destroy = view(guest, "crypto_alg", address).cra_destroy
    if destroy:
        guest.call(destroy, address)


def entering(kind: str, base: str) -> Callable[[Guest, int], int]:
    """Return the function that registers one algorithm of this kind, whose `struct crypto_alg` is the field `base`."""

    def act(guest: Guest, address: int) -> int:
        return register(guest, address + (offset_of(kind, base) if base else 0))

    return act


def dropping(kind: str, base: str) -> Callable[[Guest, int], None]:
    """Return the function that unregisters one algorithm of this kind."""

    def act(guest: Guest, address: int) -> None:
        unregister(guest, address + (offset_of(kind, base) if base else 0))

    return act


def entering_all(kind: str, base: str) -> Callable[[Guest, int, int], int]:
    """Return the function that registers a table of algorithms: all of them, or none."""

    def act(guest: Guest, address: int, count: int) -> int:
        size, at = size_of(kind), offset_of(kind, base) if base else 0
        for number in range(count):
            result = register(guest, address + size * number + at)
            if result:
                for other in reversed(range(number)):
                    unregister(guest, address + size * other + at)
                return result
        return 0

    return act


def dropping_all(kind: str, base: str) -> Callable[[Guest, int, int], None]:
    """Return the function that unregisters a table of algorithms, the last one first."""

    def act(guest: Guest, address: int, count: int) -> None:
        for number in reversed(range(count)):
            unregister(guest, address + size_of(kind) * number + (offset_of(kind, base) if base else 0))

    return act


# `crypto/algapi.c`
function("int crypto_register_alg(struct crypto_alg *alg)")(entering("crypto_alg", ""))
function("void crypto_unregister_alg(struct crypto_alg *alg)")(dropping("crypto_alg", ""))
function("int crypto_register_algs(struct crypto_alg *algs, int count)")(entering_all("crypto_alg", ""))
function("void crypto_unregister_algs(struct crypto_alg *algs, int count)")(dropping_all("crypto_alg", ""))
# `crypto/shash.c`
function("int crypto_register_shash(struct shash_alg *alg)")(entering("shash_alg", "base"))
function("void crypto_unregister_shash(struct shash_alg *alg)")(dropping("shash_alg", "base"))
function("int crypto_register_shashes(struct shash_alg *algs, int count)")(entering_all("shash_alg", "base"))
function("void crypto_unregister_shashes(struct shash_alg *algs, int count)")(dropping_all("shash_alg", "base"))
# `crypto/ahash.c`
function("int crypto_register_ahash(struct ahash_alg *alg)")(entering("ahash_alg", "halg.base"))
function("void crypto_unregister_ahash(struct ahash_alg *alg)")(dropping("ahash_alg", "halg.base"))
function("int crypto_register_ahashes(struct ahash_alg *algs, int count)")(entering_all("ahash_alg", "halg.base"))
function("void crypto_unregister_ahashes(struct ahash_alg *algs, int count)")(dropping_all("ahash_alg", "halg.base"))
# `crypto/skcipher.c`
function("int crypto_register_skcipher(struct skcipher_alg *alg)")(entering("skcipher_alg", "base"))
function("void crypto_unregister_skcipher(struct skcipher_alg *alg)")(dropping("skcipher_alg", "base"))
function("int crypto_register_skciphers(struct skcipher_alg *algs, int count)")(entering_all("skcipher_alg", "base"))
function("void crypto_unregister_skciphers(struct skcipher_alg *algs, int count)")(dropping_all("skcipher_alg", "base"))
# `crypto/aead.c`
function("int crypto_register_aead(struct aead_alg *alg)")(entering("aead_alg", "base"))
function("void crypto_unregister_aead(struct aead_alg *alg)")(dropping("aead_alg", "base"))
function("int crypto_register_aeads(struct aead_alg *algs, int count)")(entering_all("aead_alg", "base"))
function("void crypto_unregister_aeads(struct aead_alg *algs, int count)")(dropping_all("aead_alg", "base"))
# `crypto/akcipher.c`
function("int crypto_register_akcipher(struct akcipher_alg *alg)")(entering("akcipher_alg", "base"))
function("void crypto_unregister_akcipher(struct akcipher_alg *alg)")(dropping("akcipher_alg", "base"))
# `crypto/kpp.c`
function("int crypto_register_kpp(struct kpp_alg *alg)")(entering("kpp_alg", "base"))
function("void crypto_unregister_kpp(struct kpp_alg *alg)")(dropping("kpp_alg", "base"))
# `crypto/rng.c`
function("int crypto_register_rng(struct rng_alg *alg)")(entering("rng_alg", "base"))
function("void crypto_unregister_rng(struct rng_alg *alg)")(dropping("rng_alg", "base"))
function("int crypto_register_rngs(struct rng_alg *algs, int count)")(entering_all("rng_alg", "base"))
function("void crypto_unregister_rngs(struct rng_alg *algs, int count)")(dropping_all("rng_alg", "base"))
# `crypto/scompress.c`
function("int crypto_register_scomp(struct scomp_alg *alg)")(entering("scomp_alg", "base"))
function("void crypto_unregister_scomp(struct scomp_alg *alg)")(dropping("scomp_alg", "base"))
# `crypto/acompress.c`
function("int crypto_register_acomp(struct acomp_alg *alg)")(entering("acomp_alg", "base"))
function("void crypto_unregister_acomp(struct acomp_alg *alg)")(dropping("acomp_alg", "base"))


@function("int crypto_register_template(struct crypto_template *tmpl)")
def crypto_register_template(guest: Guest, address: int) -> int:
    """`crypto/algapi.c`: Register a template; return 0, or -EEXIST for the same address again."""
    table = guest.table("crypto_templates")
    if address in table:
        return -EEXIST
    table[address] = 1
    return 0


@function("void crypto_unregister_template(struct crypto_template *tmpl)")
def crypto_unregister_template(guest: Guest, address: int) -> None:
    """`crypto/algapi.c`: Unregister a template; it has no instances, because nobody could make one."""
    guest.table("crypto_templates").pop(address, None)


@function("int crypto_register_templates(struct crypto_template *tmpls, int count)")
def crypto_register_templates(guest: Guest, address: int, count: int) -> int:
    """`crypto/algapi.c`: Register an array of templates; return 0. A template that is there
    already is not an error here.
    """
    for number in range(count):
        crypto_register_template(guest, address + size_of("crypto_template") * number)
    return 0


@function("void crypto_unregister_templates(struct crypto_template *tmpls, int count)")
def crypto_unregister_templates(guest: Guest, address: int, count: int) -> None:
    """`crypto/algapi.c`: Unregister an array of templates, the last one first."""
    for number in reversed(range(count)):
        crypto_unregister_template(guest, address + size_of("crypto_template") * number)


@function("void crypto_init_queue(struct crypto_queue *queue, unsigned int max_qlen)")
def crypto_init_queue(guest: Guest, address: int, most: int) -> None:
    """`crypto/algapi.c`: Make a queue of requests empty and set its largest length."""
    queue = view(guest, "crypto_queue", address)
    head = queue.list.address()
    listhead.init(guest, head)
    queue.backlog, queue.qlen, queue.max_qlen = head, 0, most
