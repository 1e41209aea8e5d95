"""net/ipv6/addrconf_core.c: Kinds of IPv6's addresses, and notifiers of them."""

from __future__ import annotations

from ipaddress import IPv6Address

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.symbols.registry import Initializer, function, variable

function("int register_inet6addr_notifier(struct notifier_block *nb)")(notifier.registering("inet6addr"))
function("int unregister_inet6addr_notifier(struct notifier_block *nb)")(notifier.unregistering("inet6addr"))
function("int register_inet6addr_validator_notifier(struct notifier_block *nb)")(
    notifier.registering("inet6addr_validator")
)
function("int unregister_inet6addr_validator_notifier(struct notifier_block *nb)")(
    notifier.unregistering("inet6addr_validator")
)

_UNICAST, _MULTICAST, _LOOPBACK, _LINK_LOCAL, _SITE_LOCAL, _V4, _MAPPED = 1, 2, 0x10, 0x20, 0x40, 0x80, 0x1000
_SCOPES = {1: 0x10, 2: 0x20, 5: 0x40}


@function("int __ipv6_addr_type(const struct in6_addr *addr)")
def ipv6_addr_type(guest: Guest, address: int) -> int:
    """Return the kind and scope of an address in the bits of `include/net/ipv6.h`; the scope itself stands from bit 16
    on.
    """
    raw = guest.memory.read(address, 16)
    if raw[0] >> 5 not in (0, 7):
        return _UNICAST | 14 << 16
    if raw[0] == 0xFF:
        scope = raw[1] & 15
        return _MULTICAST | _SCOPES.get(scope, 0) | scope << 16
    if raw[0] == 0xFE and raw[1] >> 6 == 2:
        return _UNICAST | _LINK_LOCAL | 2 << 16
    if raw[0] == 0xFE and raw[1] >> 6 == 3:
        return _UNICAST | _SITE_LOCAL | 5 << 16
    if raw[0] & 0xFE == 0xFC:
        return _UNICAST | 14 << 16
    return _type_of_zeros(raw)


def _type_of_zeros(raw: bytes) -> int:
    if not any(raw[:8]):
        if not any(raw[8:12]):
            if not any(raw[12:]):
                return 0
            return _UNICAST | _LOOPBACK | 2 << 16 if raw[12:] == b"\0\0\0\1" else _UNICAST | _V4 | 14 << 16
        if raw[8:12] == b"\0\0\xff\xff":
            return _MAPPED | 14 << 16
    return _UNICAST | 14 << 16


def _address(text: str) -> Initializer:
    """Return what stores an address of IPv6."""
    packed = IPv6Address(text).packed
    return lambda guest, address: guest.memory.write(address, packed)


for _name, _text in (
    ("any", "::"),
    ("loopback", "::1"),
    ("interfacelocal_allnodes", "ff01::1"),
    ("interfacelocal_allrouters", "ff01::2"),
    ("linklocal_allnodes", "ff02::1"),
    ("linklocal_allrouters", "ff02::2"),
    ("sitelocal_allrouters", "ff05::2"),
):
    variable(f"in6addr_{_name}", 16)(_address(_text))
