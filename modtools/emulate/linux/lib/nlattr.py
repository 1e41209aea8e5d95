"""lib/nlattr.c: Attributes of netlink messages: length, type, value, and zeros up to four bytes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EMSGSIZE

_HEADER, _ALIGN = 4, 4
_TYPE = 0x3FFF


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


def _room(guest: Guest, message: int) -> int:
    """Return how many bytes there is room for at the end of a message."""
    row = skbuff.skb(guest, message)
    return 0 if row.data_len else int(row.end - row.tail)


def _add(guest: Guest, message: int, kind: int, length: int, header: int = _HEADER) -> int:
    """Add an attribute without its value, whose padding is 0; return where it begins."""
    size = _aligned(header + length)
    place = int(skbuff.skb_put(guest, message, size))
    guest.memory.write(place + header + length, bytes(size - header - length))
    if header:
        row = view(guest, "nlattr", place)
        row.nla_len, row.nla_type = header + length, kind
    return place


def _fits(guest: Guest, message: int, length: int, header: int = _HEADER) -> bool:
    return _room(guest, message) >= _aligned(header + length)


@function(
    "struct nlattr *__nla_reserve(struct sk_buff *skb, int attrtype, int attrlen)",
)
def nla_reserve_unchecked(guest: Guest, message: int, kind: int, length: int) -> int:
    """Add an attribute whose value is to be filled in, where there is known to be room for it; return it."""
    return _add(guest, message, kind, length)


@function("struct nlattr *nla_reserve(struct sk_buff *skb, int attrtype, int attrlen)")
def nla_reserve(guest: Guest, message: int, kind: int, length: int) -> int:
    """Add an attribute whose value is to be filled in; return it, or NULL if there is no room."""
    return _add(guest, message, kind, length) if _fits(guest, message, length) else 0


@function(
    "struct nlattr *nla_reserve_64bit(struct sk_buff *skb, int attrtype, int attrlen, int padattr)",
)
def nla_reserve_64bit(guest: Guest, message: int, kind: int, length: int, _padding: int) -> int:
    """Do what `nla_reserve()` does: processors that read eight bytes anywhere need no padding before them."""
    return int(nla_reserve(guest, message, kind, length))


@function("void *nla_reserve_nohdr(struct sk_buff *skb, int attrlen)")
def nla_reserve_nohdr(guest: Guest, message: int, length: int) -> int:
    """Add room for a value without a header; return it, or NULL if there is none."""
    return _add(guest, message, 0, length, 0) if _fits(guest, message, length, 0) else 0


@function("void __nla_put(struct sk_buff *skb, int attrtype, int attrlen, const void *data)")
def nla_put_unchecked(guest: Guest, message: int, kind: int, length: int, data: int) -> None:
    """Add an attribute, where there is known to be room for it."""
    place = _add(guest, message, kind, length) + _HEADER
    if length:
        guest.memory.write(place, guest.memory.read(data, guest.bounded(length)))


@function("int nla_put(struct sk_buff *skb, int attrtype, int attrlen, const void *data)")
def nla_put(guest: Guest, message: int, kind: int, length: int, data: int) -> int:
    """Add an attribute; return 0, or -EMSGSIZE if there is no room for it."""
    if not _fits(guest, message, length):
        return -EMSGSIZE
    nla_put_unchecked(guest, message, kind, length, data)
    return 0


@function("int nla_put_64bit(struct sk_buff *skb, int attrtype, int attrlen, const void *data, int padattr)")
def nla_put_64bit(guest: Guest, message: int, kind: int, length: int, data: int, _padding: int) -> int:
    """Do what `nla_put()` does: processors that read eight bytes anywhere need no padding before them."""
    return int(nla_put(guest, message, kind, length, data))


@function("int nla_put_nohdr(struct sk_buff *skb, int attrlen, const void *data)")
def nla_put_nohdr(guest: Guest, message: int, length: int, data: int) -> int:
    """Add a value without a header, and zeros up to four bytes; return 0, or -EMSGSIZE if there is no room for it."""
    place = int(nla_reserve_nohdr(guest, message, length))
    if not place:
        return -EMSGSIZE
    guest.memory.write(place, guest.memory.read(data, guest.bounded(length)))
    return 0


@function("int nla_append(struct sk_buff *skb, int attrlen, const void *data)")
def nla_append(guest: Guest, message: int, length: int, data: int) -> int:
    """Add bytes as they are; return 0, or -EMSGSIZE if there is no room for them."""
    if _room(guest, message) < length:
        return -EMSGSIZE
    guest.memory.write(int(skbuff.skb_put(guest, message, length)), guest.memory.read(data, guest.bounded(length)))
    return 0


@function("struct nlattr *nla_find(const struct nlattr *head, int len, int attrtype)")
def nla_find(guest: Guest, place: int, left: int, kind: int) -> int:
    """Return the first attribute of a type among so many bytes of them; NULL if there is none."""
    while left >= _HEADER and _HEADER <= (length := view(guest, "nlattr", place).nla_len) <= left:
        if view(guest, "nlattr", place).nla_type & _TYPE == kind:
            return place
        place, left = place + _aligned(length), left - _aligned(length)
    return 0
