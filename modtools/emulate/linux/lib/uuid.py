"""lib/uuid.c: Universally unique identifiers."""

from __future__ import annotations

import re

from modtools.emulate.guest import Guest
from modtools.emulate.machine.random import random_bytes
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EINVAL

_UUID = re.compile(rb"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _uuid(guest: Guest, text: int, order: bytes, result: int) -> int:
    raw = guest.memory.text(text, 36)
    if not _UUID.fullmatch(raw):
        return -EINVAL
    digits = bytes.fromhex(raw.replace(b"-", b"").decode("utf-8", "surrogateescape"))
    guest.memory.write(result, bytes(digits[at] for at in order))
    return 0


@function("int guid_parse(const char *uuid, guid_t *u)")
def guid_parse(guest: Guest, text: int, result: int) -> int:
    """Parse a UUID's text into bytes, its first three parts little-endian; 0, or -EINVAL."""
    return _uuid(guest, text, bytes((3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15)), result)


@function("int uuid_parse(const char *uuid, uuid_t *u)")
def uuid_parse(guest: Guest, text: int, result: int) -> int:
    """Parse a UUID's text into bytes in the order of the text; 0, or -EINVAL."""
    return _uuid(guest, text, bytes(range(16)), result)


@function("void uuid_gen(uuid_t *bu)", "void generate_random_uuid(unsigned char *uuid)")
def uuid_gen(guest: Guest, result: int) -> None:
    """Make a random UUID, of version 4, the same in every run."""
    raw = bytearray(random_bytes(guest, 16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    guest.memory.write(result, bytes(raw))
