"""RSA signatures as modules have them: RFC 8017, RSASSA-PKCS1-v1_5.

The signature to the power `e` is, as a number as long as the modulus, 00 01 ff... 00 and the digest with its name:

    SEQUENCE of SEQUENCE of OID and NULL, OCTET STRING
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError
from modtools.formats.der import INTEGER, NULL, OCTET_STRING, OID, SEQUENCE, encoded, encoded_oid, parts, read
from modtools.formats.modpow import power
from modtools.light import NamedTuple

DIGESTS: Final = {
    "md5": encoded_oid("1.2.840.113549.2.5"),
    "sha1": encoded_oid("1.3.14.3.2.26"),
    "sha256": encoded_oid("2.16.840.1.101.3.4.2.1"),
    "sha384": encoded_oid("2.16.840.1.101.3.4.2.2"),
    "sha512": encoded_oid("2.16.840.1.101.3.4.2.3"),
    "sha224": encoded_oid("2.16.840.1.101.3.4.2.4"),
    "sha3-256": encoded_oid("2.16.840.1.101.3.4.2.8"),
    "sha3-384": encoded_oid("2.16.840.1.101.3.4.2.9"),
    "sha3-512": encoded_oid("2.16.840.1.101.3.4.2.10"),
}
"""Digest algorithms by the kernel's and OpenSSL's names, and their OIDs."""


class RsaKey(NamedTuple):
    """A key of RSA: its modulus and exponent."""

    n: int
    e: int

    @property
    def algorithm(self) -> str:
        """The name that signatures have for its kind."""
        return "rsa"

    def verifies(self, name: str, digest: bytes, signature: bytes) -> bool:
        """Return whether this is the key's signature of a digest, which is of the algorithm of this name."""
        algorithm = encoded(SEQUENCE, encoded(OID, DIGESTS[name]), encoded(NULL))
        info = encoded(SEQUENCE, algorithm, encoded(OCTET_STRING, digest))
        size = (self.n.bit_length() + 7) // 8
        expected = b"\0\1" + b"\xff" * (size - 3 - len(info)) + b"\0" + info
        number = int.from_bytes(signature, "big")
        return number < self.n and power(number, self.e, self.n).to_bytes(size, "big") == expected


def key(bits: bytes) -> RsaKey:
    """Return the key in a certificate's bits. Raises FormatError for an impossible one."""
    n, e, *_ = parts(read(bits), INTEGER, INTEGER)
    if n.number <= 0 or not 0 < e.number < 1 << 64:
        raise FormatError("an RSA key with an impossible modulus or exponent")
    return RsaKey(n.number, e.number)
