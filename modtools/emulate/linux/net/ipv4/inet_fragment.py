"""net/ipv4/inet_fragment.c: Queues of fragments."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import listhead
from modtools.emulate.objects.caches import create as create_cache
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view


@function("int inet_frags_init(struct inet_frags *f)")
def inet_frags_init(guest: Guest, address: int) -> int:
    """Initialise a kind of fragment queues, with a cache for them; return 0."""
    frags = view(guest, "inet_frags", address)
    name = frags.frags_cache_name
    frags.frags_cachep = create_cache(guest, name, frags.qsize, 8, 0)
    frags.refcnt.refs = 1
    completion = frags.completion
    completion.done = 0
    listhead.init(guest, completion.wait.task_list.address())
    return 0


@function("void inet_frags_fini(struct inet_frags *f)")
def inet_frags_fini(guest: Guest, address: int) -> None:
    """Free the cache of a kind of fragment queues."""
    frags = view(guest, "inet_frags", address)
    guest.heap.free(frags.frags_cachep)
    frags.frags_cachep = 0


@function("int fqdir_init(struct fqdir **fqdirp, struct inet_frags *f, struct net *net)")
def fqdir_init(guest: Guest, result: int, frags: int, net: int) -> int:
    """Allocate a namespace's directory of fragment queues; return 0. The hash table, which starts empty, is left
    out.
    """
    fqdir = new(guest, "fqdir")
    fqdir.f, fqdir.net = frags, net
    view(guest, "inet_frags", frags).refcnt.refs += 1
    guest.memory.put(result, fqdir.address(), 8)
    return 0


@function("void fqdir_pre_exit(struct fqdir *fqdir)")
def fqdir_pre_exit(guest: Guest, address: int) -> None:
    """Let no fragments come into a namespace's directory any more; there are none to put away."""
    fqdir = view(guest, "fqdir", address)
    fqdir.high_thresh, fqdir.dead = 0, 1


@function("void fqdir_exit(struct fqdir *fqdir)")
def fqdir_exit(guest: Guest, address: int) -> None:
    """Free a namespace's directory of fragment queues."""
    frags = view(guest, "fqdir", address).f
    view(guest, "inet_frags", frags).refcnt.refs -= 1
    guest.heap.free(address)
