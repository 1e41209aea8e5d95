"""crypto/algapi.c: Registering algorithms and templates of the crypto API.

The table `crypto` has name and driver's name of each algorithm by its address. The kernel tests each algorithm when it
is registered, in a thread of its own; these tests are not run. They are silent about what they find in order, and the
result of registering does not depend on them. Of Debian's algorithms only ECDH's fail, and only in 6.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from modtools.emulate.files import builtin
from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import testmgr
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.machine.builtin import ALGORITHMS
from modtools.emulate.objects import listhead
from modtools.emulate.objects.modulerefs import take as get_module
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, offset_of, size_of, view
from modtools.linuxerrno import EEXIST, EINVAL, ENOENT

_OWN = {
    name: f"{own}_generic_alg"
    for own in ("crc32c", "md5", "sha1", "sha224", "sha256")
    for name in (own, f"{own}-generic")
}
"""The kernel's own algorithms that are there where they are built in, and the variable that enters each."""
_LARGEST_ALIGN = 63
_HASH, _KIND = 0xE, 0xF
_OF_WORKING_ECDH = "ecc_digits_from_bytes"
"""What kernels export whose ECDH passes its test, from 6.10 on."""


def register(guest: Guest, address: int) -> int:
    """Do what crypto_register_alg() does: return 0, -EINVAL, or -EEXIST for an algorithm that is there, or where the
    driver's name of one is the name of another.
    """
    alg = view(guest, "crypto_alg", address)
    name, driver = guest.text(alg.address("cra_name"), 128), guest.text(alg.address("cra_driver_name"), 128)
    if "ecdh" in name and guest.profile.exports.get(_OF_WORKING_ECDH) is None:
        raise Needs("the self-test of ecdh, which fails")
    if not name or alg.cra_alignmask & alg.cra_alignmask + 1 or alg.cra_alignmask > _LARGEST_ALIGN:
        return -EINVAL
    if alg.cra_priority < 0:
        return -EINVAL
    if not driver:
        driver = f"{name}-generic"
        guest.memory.write(alg.address("cra_driver_name"), driver.encode("utf-8", "surrogateescape") + b"\0")
    table = guest.table("crypto")
    if address in table or any(driver == other or name == another for other, another in table.values()):
        return -EEXIST
    table[address] = [name, driver]
    testmgr.test(guest, name, driver, alg.cra_flags)
    alg.cra_refcnt.refs = 1
    for head in (alg.cra_users.address(), alg.cra_list.address()):
        listhead.init(guest, head)
    return 0


def find(guest: Guest, address: int) -> int:
    """Return the algorithm of a name, asking for its module if it is not there; 0 for none. (`crypto/api.c:
    crypto_larval_lookup()`)
    """
    name = guest.memory.text(address)
    text = name.decode("utf-8", "surrogateescape")
    if text in _OWN and (builtin.has(guest, f"crypto-{text}") or text in ALGORITHMS.get(guest.profile.release, {})):
        guest.address_of(_OWN[text])
    found = _best(guest, name)
    if not found:
        kmod.ask(guest, b"crypto-" + name)
        kmod.ask(guest, b"crypto-" + name + b"-all")
        found = _best(guest, name) or _made(guest, text)
    if not found and _may_be_own(guest, text):
        raise Needs(f"the algorithm {text}")
    return found


_TEMPLATES = ("hmac", "cbc")
"""The kernel's own templates that are there. The file named as each makes an instance of it of an inner algorithm."""


def _made(guest: Guest, name: str) -> int:
    """Return the algorithm that a template of the kernel's own makes of another one; 0 if there is none."""
    found = re.fullmatch(r"(\w+)\((.+)\)", name)
    if found is None or found[1] not in _TEMPLATES:
        return 0
    place = guest.new_text(found[2].encode("utf-8", "surrogateescape"))
    template = import_module(f"modtools.emulate.linux.crypto.{found[1]}")
    made = int(template.create(guest, place))
    guest.heap.free(place)
    return made


def name_instance(guest: Guest, address: int, template: str, inner: View) -> None:
    """Give an instance of a template its names, of those of the inner algorithm, and enter it."""
    base = view(guest, "crypto_alg", address)
    names = [f"{template}({guest.text(inner.address(field), 128)})" for field in ("cra_name", "cra_driver_name")]
    for field, name in zip(("cra_name", "cra_driver_name"), names, strict=True):
        guest.memory.write(base.address(field), name.encode("utf-8", "surrogateescape") + b"\0")
    base.cra_refcnt.refs = 1
    guest.table("crypto")[address] = names


def of_kind(guest: Guest, name: int, kind: int) -> int:
    """Return the algorithm of a name, as `find()`, if it is of this kind; 0 if there is none."""
    found = find(guest, name)
    return found if found and view(guest, "crypto_alg", found).cra_flags & _KIND == kind else 0


def take(guest: Guest, address: int, size: int) -> int:
    """Return zeroed memory for a handle of an algorithm, with the algorithm's own behind it, and take a reference on
    the module that brings it.
    """
    base = view(guest, "crypto_alg", address)
    owner = guest.module_at(base.cra_module)
    if base.cra_module and (owner is None or not get_module(owner)):
        raise Needs("an algorithm of a module that goes")
    return guest.heap.kmalloc(size + base.cra_ctxsize)


def _may_be_own(guest: Guest, name: str) -> bool:
    """Return whether a kernel may have an algorithm of its own, or make it of those that it has: it has, or it is not
    known whether it has.
    """
    known = ALGORITHMS.get(guest.profile.release)
    if "(" in name or (known and name in known):
        return True
    told = builtin.has(guest, f"crypto-{name}")
    return told is True or (told is None and known is None)


def has_hash(guest: Guest, address: int, mask: int) -> bool:
    """Return whether there is a hash of a name, asking for its module if it is not there. `mask` are flags that it must
    not have.
    """
    name = guest.text(address)
    known = ALGORITHMS.get(guest.profile.release, {})
    if name in known:
        return known[name]
    found = find(guest, address)
    flags = view(guest, "crypto_alg", found).cra_flags if found else 0
    return flags & _HASH == _HASH and not flags & mask & ~_KIND


def _best(guest: Guest, name: bytes) -> int:
    """Return the algorithm with this name or driver's name that has the highest priority; 0 if there is none."""
    text = name.decode("utf-8", "surrogateescape")
    fitting = [address for address, names in guest.table("crypto").items() if text in names]
    return max(fitting, key=lambda address: int(view(guest, "crypto_alg", address).cra_priority), default=0)


def allocating(kind: str) -> Callable[[Guest, int, int, int], int]:
    """Return the function that allocates a handle of an algorithm of this kind. Only that there is none is told."""

    def act(guest: Guest, name: int, _type: int, _mask: int) -> int:
        if find(guest, name):
            raise Needs(f"a handle of {kind} {guest.text(name)}")
        return -ENOENT

    return act


def unregister(guest: Guest, address: int) -> None:
    """Do what crypto_unregister_alg() does: remove an algorithm and call its destroy function."""
    guest.table("crypto").pop(address, None)
    instances = guest.table("crypto instances")
    for instance in [instance for instance, inner in instances.items() if inner == address]:
        del instances[instance]
        guest.table("crypto").pop(instance + offset_of(guest, "shash_alg", "base"), None)
    destroy = view(guest, "crypto_alg", address).cra_destroy
    if destroy:
        guest.call(destroy, address)


_KINDS = {
    "aead_alg": 3, "skcipher_alg": 5, "kpp_alg": 8, "acomp_alg": 0xA, "scomp_alg": 0xB, "rng_alg": 0xC,
    "akcipher_alg": 0xD, "shash_alg": 0xE, "ahash_alg": 0xF,
}  # fmt: skip
"""What a structure's algorithm says in its flags that it is: `CRYPTO_ALG_TYPE_SHASH` and so on."""


def _register_as(guest: Guest, kind: str, address: int) -> int:
    """Register an algorithm of this kind, of which the `struct crypto_alg` is given; return as `register()`."""
    if kind in _KINDS:
        alg = view(guest, "crypto_alg", address)
        alg.cra_flags = alg.cra_flags & ~_KIND | _KINDS[kind]
    return register(guest, address)


def registering(kind: str, base: str) -> Callable[[Guest, int], int]:
    """Return the function that registers one algorithm of this kind, whose `struct crypto_alg` is the field `base`."""

    def act(guest: Guest, address: int) -> int:
        return _register_as(guest, kind, address + (offset_of(guest, kind, base) if base else 0))

    return act


def unregistering(kind: str, base: str) -> Callable[[Guest, int], None]:
    """Return the function that unregisters one algorithm of this kind."""

    def act(guest: Guest, address: int) -> None:
        unregister(guest, address + (offset_of(guest, kind, base) if base else 0))

    return act


def registering_all(kind: str, base: str) -> Callable[[Guest, int, int], int]:
    """Return the function that registers a table of algorithms: all of them, or none."""

    def act(guest: Guest, address: int, count: int) -> int:
        size, at = size_of(guest, kind), offset_of(guest, kind, base) if base else 0
        for number in range(count):
            result = _register_as(guest, kind, address + size * number + at)
            if result:
                for other in reversed(range(number)):
                    unregister(guest, address + size * other + at)
                return result
        return 0

    return act


def unregistering_all(kind: str, base: str) -> Callable[[Guest, int, int], None]:
    """Return the function that unregisters a table of algorithms, the last one first."""

    def act(guest: Guest, address: int, count: int) -> None:
        for number in reversed(range(count)):
            unregister(guest, address + size_of(guest, kind) * number + (offset_of(guest, kind, base) if base else 0))

    return act


function("int crypto_register_alg(struct crypto_alg *alg)")(registering("crypto_alg", ""))
function("void crypto_unregister_alg(struct crypto_alg *alg)")(unregistering("crypto_alg", ""))
function("int crypto_register_algs(struct crypto_alg *algs, int count)")(registering_all("crypto_alg", ""))
function("void crypto_unregister_algs(struct crypto_alg *algs, int count)")(unregistering_all("crypto_alg", ""))


@function("int crypto_register_template(struct crypto_template *tmpl)")
def crypto_register_template(guest: Guest, address: int) -> int:
    """Register a template; return 0, or -EEXIST for the same address again."""
    table = guest.table("crypto_templates")
    if address in table:
        return -EEXIST
    table[address] = 1
    return 0


@function("void crypto_unregister_template(struct crypto_template *tmpl)")
def crypto_unregister_template(guest: Guest, address: int) -> None:
    """Unregister a template; it has no instances, because nobody could make one."""
    guest.table("crypto_templates").pop(address, None)


@function("int crypto_register_templates(struct crypto_template *tmpls, int count)")
def crypto_register_templates(guest: Guest, address: int, count: int) -> int:
    """Register an array of templates; return 0. A template that is there already is not an error here."""
    for number in range(count):
        crypto_register_template(guest, address + size_of(guest, "crypto_template") * number)
    return 0


@function("void crypto_unregister_templates(struct crypto_template *tmpls, int count)")
def crypto_unregister_templates(guest: Guest, address: int, count: int) -> None:
    """Unregister an array of templates, the last one first."""
    for number in reversed(range(count)):
        crypto_unregister_template(guest, address + size_of(guest, "crypto_template") * number)


@function("void crypto_init_queue(struct crypto_queue *queue, unsigned int max_qlen)")
def crypto_init_queue(guest: Guest, address: int, most: int) -> None:
    """Make a queue of requests empty and set its largest length."""
    queue = view(guest, "crypto_queue", address)
    head = queue.list.address()
    listhead.init(guest, head)
    queue.backlog, queue.qlen, queue.max_qlen = head, 0, most


@function("int crypto_register_notifier(struct notifier_block *nb)")
def crypto_register_notifier(guest: Guest, block: int) -> int:
    """Note a notifier; return 0. It is never called, because nobody asks for algorithms through it."""
    guest.table("crypto_notifiers")[block] = 1
    return 0


@function("int crypto_unregister_notifier(struct notifier_block *nb)")
def crypto_unregister_notifier(guest: Guest, block: int) -> int:
    """Forget a notifier; return 0, or -ENOENT for one that is not registered."""
    return 0 if guest.table("crypto_notifiers").pop(block, None) else -ENOENT
