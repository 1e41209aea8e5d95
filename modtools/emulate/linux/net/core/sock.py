"""net/core/sock.c: Registering protocols of sockets."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.slab_common import create as create_cache
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view
from modtools.linuxerrno import EINVAL

_CACHES = (
    ("rsk_prot", "request_sock_ops", "", "request_sock_"),
    ("twsk_prot", "timewait_sock_ops", "twsk_", "tw_sock_"),
)
"""What a protocol has besides its sockets: field, structure, how that one's fields and its cache's name begin."""


def _make_cache(guest: Guest, proto: View, field: str, kind: str, prefix: str, word: str) -> None:
    """Make the cache of what a protocol has besides its sockets (`req_prot_init()`, `tw_prot_init()`)."""
    if getattr(proto, field):
        operations = view(guest, kind, getattr(proto, field))
        name = guest.new_text(word.encode() + guest.memory.text(proto.address("name")))
        setattr(operations, f"{prefix}slab_name", name)
        cache = create_cache(guest, name, getattr(operations, f"{prefix}obj_size"), 8, 0)
        setattr(operations, f"{prefix}slab", cache)


def _free_cache(guest: Guest, proto: View, field: str, kind: str, prefix: str) -> None:
    """Free the cache of what a protocol has besides its sockets (`req_prot_cleanup()`, `tw_prot_cleanup()`)."""
    if getattr(proto, field):
        operations = view(guest, kind, getattr(proto, field))
        for name in (f"{prefix}slab", f"{prefix}slab_name"):
            guest.heap.free(getattr(operations, name))
            setattr(operations, name, 0)


@function("int proto_register(struct proto *prot, int alloc_slab)")
def proto_register(guest: Guest, address: int, slab: int) -> int:
    """Register a protocol, with caches for its sockets if it wants them; return 0 or -EINVAL."""
    proto = view(guest, "proto", address)
    if proto.memory_allocated and not proto.sysctl_mem:
        return -EINVAL
    if slab:
        proto.slab = create_cache(guest, proto.address("name"), proto.obj_size, 8, 0)
        for operations, kind, prefix, word in _CACHES:
            _make_cache(guest, proto, operations, kind, prefix, word)
    guest.table("protos")[address] = 1
    return 0


@function("void proto_unregister(struct proto *prot)")
def proto_unregister(guest: Guest, address: int) -> None:
    """Unregister a protocol and free its caches."""
    proto = view(guest, "proto", address)
    guest.table("protos").pop(address, None)
    if proto.slab:
        guest.heap.free(proto.slab)
        proto.slab = 0
        for operations, kind, prefix, _ in _CACHES:
            _free_cache(guest, proto, operations, kind, prefix)
