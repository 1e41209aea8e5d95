"""What modinfo tells of the signature at a module's end.

Source: kmod 34's `libkmod/libkmod-signature.c`.
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError
from modtools.formats import der
from modtools.formats.signature import MARKER, PKCS7, Trailer, parse, split
from modtools.light import NamedTuple
from modtools.tree.kofile import Buffer

_ID_TYPES: Final = ("PGP", "X509", "PKCS#7")
_ALGORITHMS: Final = 2
_HASHES: Final = ("md4", "md5", "sha1", "rmd160", "sha256", "sha384", "sha512", "sha224", "sm3")
_TRAILER_SIZE: Final = 12
_BYTES_IN_LINE: Final = 20
_COMMON_NAME: Final = b"\x55\x04\x03"
_UTF8_STRING: Final = 0x0C


class _Signature(NamedTuple):
    """What libkmod says about a signature."""

    kind: str
    signer: str
    key: bytes
    hash: str
    value: bytes


def told(data: Buffer) -> tuple[str, ...]:
    """Return kind, signer, key, hash and value of a signature, none where there is none that libkmod can read."""
    try:
        _, trailer = split(data)
        signature = None if trailer is None else _signature(trailer, len(data) - len(MARKER) - _TRAILER_SIZE)
    except FormatError:
        signature = None
    if signature is None:
        return ()
    signer = signature.signer.split("\0")[0]
    return signature.kind, signer, hexadecimal(signature.key), signature.hash, hexadecimal(signature.value)


def _signature(trailer: Trailer, room: int) -> _Signature | None:
    """Return the signature of a trailer, None if it is larger than the `room` bytes before it. Raises FormatError."""
    known = trailer.algo < _ALGORITHMS and trailer.hash < len(_HASHES) and trailer.id_type < len(_ID_TYPES)
    if not known or not trailer.sig_len or trailer.sig_len + trailer.signer_len + trailer.key_id_len > room:
        return None
    if trailer.id_type == PKCS7:
        return _pkcs7(trailer.signature)
    signer = trailer.signer.decode("utf-8", "surrogateescape")
    kind, digest = _ID_TYPES[trailer.id_type], _HASHES[trailer.hash]
    return _Signature(kind, signer, trailer.key_id, digest, trailer.signature)


def _pkcs7(message: bytes) -> _Signature | None:
    """Return the signature in a message, None unless issuer and serial number name the signer. Raises FormatError."""
    found = parse(message)
    if not found.issuer:
        return None
    serial = abs(found.serial)
    key = serial.to_bytes((serial.bit_length() + 7) // 8, "big")
    return _Signature(_ID_TYPES[PKCS7], _name(found.issuer), key, found.digest, found.value)


def _name(issuer: bytes) -> str:
    """Return the first common name of a distinguished name, else what stands in it last.

    Raises FormatError for a UTF8String that is not UTF-8, which OpenSSL refuses wherever in the name it stands.
    """
    found: list[tuple[bytes, str]] = []
    for part in der.parts(der.read(issuer)):
        for attribute in der.parts(part):
            kind, value, *_ = der.parts(attribute, der.OID, None)
            text = value.content.decode("utf-8", "surrogateescape")
            if value.tag == _UTF8_STRING and text != value.content.decode("utf-8", "replace"):
                raise FormatError("a UTF8String that is not UTF-8")
            found.append((kind.content, text))
    names = [text for kind, text in found if kind == _COMMON_NAME]
    return (names or [text for _, text in found[-1:]] or [""])[0]


def hexadecimal(data: bytes) -> str:
    """Return bytes as 0A:1B:2C, twenty in a line."""
    lines = (data[at : at + _BYTES_IN_LINE] for at in range(0, len(data), _BYTES_IN_LINE))
    return ":\n\t\t".join(line.hex(":").upper() for line in lines)
