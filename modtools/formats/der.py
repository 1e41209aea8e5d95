"""DER, as far as signatures and certificates need it: values of definite length, taken apart one level at a time.

Source: ITU-T X.690. A value is a tag byte, a length and its content. A length below 128 is one byte, others are
80 (hex) plus the number of bytes that follow, in big endian order:

    30 06              SEQUENCE of 6 bytes
       02 01 2a        INTEGER 42
       04 01 ff        OCTET STRING ff
    04 82 02 00 ...    OCTET STRING of 512 bytes
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError
from modtools.light import NamedTuple

INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
NULL: Final = 0x05
OID: Final = 0x06
SEQUENCE: Final = 0x30
SET: Final = 0x31


class Value(NamedTuple):
    """One value: its tag byte, its content, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes

    @property
    def number(self) -> int:
        """The number of an INTEGER, which is big endian and signed."""
        return int.from_bytes(self.content, "big", signed=True)


def read(data: bytes, offset: int = 0) -> Value:
    """Return the value that begins at `offset`. Raises FormatError when it is none, or does not end within `data`."""
    head = data[offset : offset + 6]
    if len(head) < 2 or head[0] & 0x1F == 0x1F:
        raise FormatError("not a DER value", offset)
    extra = head[1] & 0x7F if head[1] & 0x80 else 0
    if extra > 4 or head[1] == 0x80 or len(head) < 2 + extra:
        raise FormatError(f"invalid DER length {head[1]:#x}", offset)
    size = int.from_bytes(head[2 : 2 + extra], "big") if extra else head[1]
    start, end = offset + 2 + extra, offset + 2 + extra + size
    if end > len(data):
        raise FormatError(f"a DER value of {size} bytes extends past its data", offset)
    return Value(head[0], data[start:end], data[offset:end])


def parts(value: Value, *tags: int | None) -> list[Value]:
    """Return the values inside of a value, of which the first must have these tags (None: any).

    Raises FormatError if they have others, or are too few.
    """
    found, offset = [], 0
    while offset < len(value.content):
        found.append(read(value.content, offset))
        offset += len(found[-1].whole)
    if len(found) < len(tags) or any(tag not in (None, part.tag) for tag, part in zip(tags, found, strict=False)):
        raise FormatError(f"DER values with tags {[part.tag for part in found[:20]]}, expected {list(tags)}")
    return found


def expect(value: Value | None, tag: int) -> Value:
    """Return a value that must have this tag. Raises FormatError."""
    if not value or value.tag != tag:
        raise FormatError(f"a DER value with tag {value.tag if value else None}, expected {tag}")
    return value


def encoded(tag: int, *contents: bytes) -> bytes:
    """Return a value of less than 128 bytes with these contents."""
    content = b"".join(contents)
    return bytes([tag, len(content)]) + content


def encoded_oid(dotted: str) -> bytes:
    """Return the content of an OID, from its dotted form."""
    first, second, *rest = map(int, dotted.split("."))
    return b"".join(_base128(number) for number in (40 * first + second, *rest))


def _base128(number: int) -> bytes:
    """Seven bits a byte, most significant first; all bytes but the last have bit 7 set."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))
