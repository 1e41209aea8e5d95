"""PKCS#7 signatures and X.509 certificates, as module signatures use them.

Sources: RFC 5652 (Cryptographic Message Syntax), RFC 5280 (certificates), RFC 8017 (RSA), in DER. What is read of them:

    ContentInfo   OID signedData, [0] SignedData
    SignedData    version, SET of digest algorithms, SEQUENCE with the OID of what is signed ("data"),
                  [0] certificates and [1] revocations, both left out by sign-file, SET of SignerInfo
    SignerInfo    version, signer, digest algorithm, [0] signed attributes (refused by the kernel for modules),
                  signature algorithm, OCTET STRING signature
    signer        SEQUENCE of issuer's name and serial number, or [0] subject key identifier (SKID)
    Certificate   SEQUENCE of [0] version, serial, algorithm, issuer, validity, subject, public key, ..., [3] extensions
    public key    SEQUENCE of algorithm and BIT STRING, which for RSA holds a SEQUENCE of modulus and exponent,
                  for an elliptic curve, whose OID follows the algorithm's, a point
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from modtools.errors import FormatError
from modtools.formats import ecdsa, rsa
from modtools.formats.der import (
    BIT_STRING,
    INTEGER,
    OCTET_STRING,
    OID,
    SEQUENCE,
    SET,
    Value,
    encoded_oid,
    expect,
    parts,
    read,
)
from modtools.formats.ecdsa import EcdsaKey
from modtools.formats.rsa import DIGESTS, RsaKey
from modtools.light import NamedTuple

_SIGNED_DATA: Final = encoded_oid("1.2.840.113549.1.7.2")
_DATA: Final = encoded_oid("1.2.840.113549.1.7.1")
_COMMON_NAME: Final = encoded_oid("2.5.4.3")
_SKID: Final = encoded_oid("2.5.29.14")
_RSA_KEY: Final = encoded_oid("1.2.840.113549.1.1.1")
_EC_KEY: Final = encoded_oid("1.2.840.10045.2.1")
_ALGORITHMS: Final = {
    _RSA_KEY: "rsa",
    **{encoded_oid(f"1.2.840.113549.1.1.{last}"): "rsa" for last in (4, 5, 11, 12, 13, 14)},
    encoded_oid("1.2.840.10045.4.1"): "ecdsa",
    **{encoded_oid(f"1.2.840.10045.4.3.{last}"): "ecdsa" for last in (1, 2, 3, 4)},
}

_CERTIFICATE_LIMIT: Final = 1 << 14


class Pkcs7Signature(NamedTuple):
    """The signature of the first signer of a message.

    The signer is told by `issuer` (DER) and `serial`, or by `skid`. Of unknown kinds `digest` and `algorithm` are "".
    `attributes`: whether attributes are signed and not the data itself. `plain`: whether what is signed is mere data.
    """

    issuer: bytes
    serial: int
    skid: bytes
    common_name: str
    digest: str
    algorithm: str
    value: bytes
    attributes: bool
    plain: bool


class PublicKey(NamedTuple):
    """The key of a certificate, and by what signatures refer to it."""

    key: RsaKey | EcdsaKey
    serial: int
    issuer: bytes
    skid: bytes
    common_name: str


class _Met(NamedTuple):
    """A message that was parsed: what stands before the value of its signature, which is its end."""

    head: bytes
    signature: Pkcs7Signature


_last: list[_Met] = []
"""The message that was parsed last: those of one signer differ in the value alone, and thousands come in a row."""


def parse(message: bytes) -> Pkcs7Signature:
    """Return the signature in a PKCS#7 message. Raises FormatError if it is not a message of signed data."""
    for head, signature in _last:
        if message.startswith(head) and len(message) == len(head) + len(signature.value):
            return signature._replace(value=message[len(head) :])
    signature = _parsed(message)
    end = len(message) - len(signature.value)
    if message.find(signature.value) == end:  # and not a copy of what stands before
        _last[:] = [_Met(message[:end], signature)]
    return signature


def _parsed(message: bytes) -> Pkcs7Signature:
    kind, content, *_ = parts(expect(read(message), SEQUENCE), OID, 0xA0)
    if kind.content != _SIGNED_DATA:
        raise FormatError("a PKCS#7 message that is not signed data")
    _, _, signed, *rest = parts(parts(content, SEQUENCE)[0], INTEGER, SET, SEQUENCE)
    signers = expect(next((value for value in rest if value.tag == SET), None), SET)
    plain = parts(signed, OID)[0].content == _DATA
    return _signature(parts(signers, SEQUENCE)[0], plain)


def _signature(signer: Value, plain: bool) -> Pkcs7Signature:
    """Return the signature that a SignerInfo describes. Raises FormatError."""
    _, who, digest, *rest = parts(signer, INTEGER, None, SEQUENCE)
    attributes = bool(rest) and rest[0].tag == 0xA0
    algorithm, value, *_ = [*rest[attributes:], None, None]
    issuer, serial, skid = _signer(who)
    return Pkcs7Signature(
        issuer=issuer,
        serial=serial,
        skid=skid,
        common_name=_common_name(issuer) if issuer else "",
        digest=next((name for name, oid in DIGESTS.items() if oid == parts(digest, OID)[0].content), ""),
        algorithm=_ALGORITHMS.get(parts(expect(algorithm, SEQUENCE), OID)[0].content, ""),
        value=expect(value, OCTET_STRING).content,
        attributes=attributes,
        plain=plain,
    )


def _signer(who: Value) -> tuple[bytes, int, bytes]:
    """Return issuer's name, serial number and key identifier; what the message does not say is empty."""
    if who.tag == 0x80:
        return b"", 0, who.content
    issuer, serial, *_ = parts(expect(who, SEQUENCE), SEQUENCE, INTEGER)
    return issuer.whole, serial.number, b""


def _common_name(name: bytes) -> str:
    """Return the common name in a distinguished name, a SEQUENCE of SETs of SEQUENCEs of OID and string; or ""."""
    for part in parts(read(name)):
        for attribute in parts(part):
            kind, text, *_ = parts(attribute, OID, None)
            if kind.content == _COMMON_NAME:
                return text.content.decode("utf-8", "replace")
    return ""


def certificate(data: bytes, offset: int = 0) -> PublicKey:
    """Return the key of the certificate at `offset`. Raises FormatError if there is none, or of a kind not known."""
    body, *_ = parts(expect(read(data, offset), SEQUENCE), SEQUENCE, SEQUENCE, BIT_STRING)
    _, serial, _, issuer, _, subject, info, *rest = parts(
        body, 0xA0, INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE
    )
    algorithm, bits, *_ = parts(info, SEQUENCE, BIT_STRING)
    extensions = next((value for value in rest if value.tag == 0xA3), None)
    skid = _subject_key_identifier(extensions) if extensions else b""
    return PublicKey(_key(algorithm, bits.content[1:]), serial.number, issuer.whole, skid, _common_name(subject.whole))


def _key(algorithm: Value, bits: bytes) -> RsaKey | EcdsaKey:
    """Return the key in a certificate's bits. Raises FormatError for one of another kind, or an impossible one."""
    kind, *rest = parts(algorithm, OID)
    if kind.content == _RSA_KEY:
        return rsa.key(bits)
    if kind.content == _EC_KEY:
        return ecdsa.key(expect(rest[0] if rest else None, OID).content, bits)
    raise FormatError("a certificate whose key is neither RSA nor of an elliptic curve")


def _subject_key_identifier(extensions: Value) -> bytes:
    """Return the key identifier among the extensions of a certificate, empty without one."""
    for extension in parts(parts(extensions, SEQUENCE)[0]):
        kind, *_, value = parts(extension, OID, None)
        if kind.content == _SKID:
            return read(value.content).content
    return b""


def certificates(blob: bytes) -> list[PublicKey]:
    """Return the keys of all X.509 certificates in some bytes, such as those that are built into a kernel image."""
    return list(dict.fromkeys(_certificates(blob)))


def _certificates(blob: bytes) -> Iterator[PublicKey]:
    """Yield the offsets where a certificate may begin: a SEQUENCE of more than 255 bytes, with another one in it."""
    offset = blob.find(b"\x30\x82")
    while offset >= 0:
        size = 4 + int.from_bytes(blob[offset + 2 : offset + 4], "big")
        if size <= _CERTIFICATE_LIMIT and blob[offset + 4 : offset + 5] == b"\x30":
            try:
                yield certificate(blob[offset : offset + size])
            except FormatError:
                size = 1
        else:
            size = 1
        offset = blob.find(b"\x30\x82", offset + size)
