"""Addresses of the network as %pI and %pi say them.

From Linux 6.1: `lib/vsprintf.c: ip_addr_string(), ip4_string(), ip6_compressed_string(), ip6_addr_string_sa()`. I4 and
I6 are bytes in the order of the network, IS a `struct sockaddr`: u16 family, u16 port (big-endian), then for IPv4 (2)
the address, for IPv6 (10) u32 flow information, the address, u32 scope. `i` stands for digits without separators.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from modtools.emulate.printf.conversion import Spec, complaint
from modtools.emulate.symbols.structs import view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_INET, _INET6 = 2, 10
_FLOW = 0x0FFFFFFF


def v4(raw: bytes, kind: str, options: str) -> str:
    """Return an IPv4 address as four numbers; options h and l: the other way round; kind i: each of three digits."""
    ordered = raw[::-1] if options[:1] in ("h", "l") and options else raw
    return ".".join(f"{byte:03d}" if kind == "i" else str(byte) for byte in ordered)


def v6(raw: bytes, kind: str, *, compressed: bool) -> str:
    """Return an IPv6 address as eight groups; compressed: the longest row of zeros is left out, and an IPv4 address
    inside is written as such.
    """
    groups = struct.unpack(">8H", raw)
    if kind == "I" and compressed:
        return _compressed(raw, groups)
    return ("" if kind == "i" else ":").join(f"{group:04x}" for group in groups)


def _compressed(raw: bytes, groups: tuple[int, ...]) -> str:
    mapped = groups[:6] == (0, 0, 0, 0, 0, 0xFFFF)
    inside = mapped or (groups[4] | 0x0200, groups[5]) == (0x0200, 0x5EFE)
    count = 6 if inside else 8
    lengths = [next((n for n, group in enumerate((*groups[at:count], 1)) if group), 0) for at in range(count)]
    longest = max(lengths)
    start = lengths.index(longest) if longest > 1 else count
    parts = [f"{group:x}" for group in groups[:count]]
    if inside:
        parts.append(v4(raw[12:], "I", ""))
    if start == count:
        return ":".join(parts)
    return ":".join(parts[:start]) + "::" + ":".join(parts[start + longest :])


def _socket(guest: Guest, address: int, kind: str, options: str, spec: Spec) -> bytes:
    memory = guest.memory
    four, six = view(guest, "sockaddr_in", address), view(guest, "sockaddr_in6", address)
    family, port = four.sin_family, int.from_bytes(memory.read(four.address("sin_port"), 2), "big")
    if family == _INET:
        order = next((letter for letter in reversed(options) if letter in "hnbl"), "")
        text = v4(memory.read(four.address("sin_addr"), 4), kind, order)
        return spec.pad((f"{text}:{port}" if "p" in options else text).encode())
    if family != _INET6:
        return complaint("(einval)", spec)
    text = v6(memory.read(six.address("sin6_addr"), 16), kind, compressed="c" in options)
    flow = int.from_bytes(memory.read(six.address("sin6_flowinfo"), 4), "big") & _FLOW
    more = {"p": f":{port}", "f": f"/{flow}", "s": f"%{six.sin6_scope_id}"}
    chosen = [tail for letter, tail in more.items() if letter in options]
    return spec.pad("".join([f"[{text}]", *chosen] if chosen else [text]).encode())


def internet(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return the text of the address at a place, as %pI or %pi followed by `text` prints it."""
    kind, version, options = text[0], text[1:2], text[2:]
    if version == "4":
        return spec.pad(v4(guest.memory.read(address, 4), kind, options).encode())
    if version == "6":
        return spec.pad(v6(guest.memory.read(address, 16), kind, compressed=options[:1] == "c").encode())
    if version == "S":
        return _socket(guest, address, kind, options, spec)
    return complaint(f"(%p{kind}?)", spec)
