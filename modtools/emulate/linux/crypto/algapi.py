"""crypto/algapi.c: Registering algorithms and templates of the crypto API.

The table `crypto` has name and driver's name of each algorithm by its address. The kernel tests each algorithm when it
is registered, in a thread of its own; these tests are not run. They are silent about what they find in order, and the
result of registering does not depend on them. Of Debian's algorithms only ECDH's fail, and only in 6.1.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.files import builtin
from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import testmgr
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.machine.builtin import ALGORITHMS
from modtools.emulate.objects import listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import offset_of, size_of, view
from modtools.linuxerrno import EEXIST, EINVAL, ENOENT

_OWN = dict.fromkeys(("crc32c", "crc32c-generic"), "crc32c_generic_alg")
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
    if text in _OWN and builtin.has(guest, f"crypto-{text}"):
        guest.address_of(_OWN[text])
    found = _best(guest, name)
    if not found:
        kmod.ask(guest, b"crypto-" + name)
        kmod.ask(guest, b"crypto-" + name + b"-all")
        found = _best(guest, name)
    if not found and _may_be_own(guest, text):
        raise Needs(f"the algorithm {text}")
    return found


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
    destroy = view(guest, "crypto_alg", address).cra_destroy
    if destroy:
        guest.call(destroy, address)


def registering(kind: str, base: str) -> Callable[[Guest, int], int]:
    """Return the function that registers one algorithm of this kind, whose `struct crypto_alg` is the field `base`."""

    def act(guest: Guest, address: int) -> int:
        return register(guest, address + (offset_of(guest, kind, base) if base else 0))

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
            result = register(guest, address + size * number + at)
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
