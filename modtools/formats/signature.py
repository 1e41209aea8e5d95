"""The signature of a module, and whether it is by a key. What it stands in is a `trailer`.

Sources: kernel/module/signing.c, crypto/asymmetric_keys/.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

from modtools.formats.elfvalues import Buffer
from modtools.formats.pkcs7 import Pkcs7Signature, PublicKey, certificates, parse
from modtools.formats.trailer import MARKER, PKCS7, Trailer, split

__all__ = [
    "MARKER",
    "PKCS7",
    "Pkcs7Signature",
    "PublicKey",
    "Trailer",
    "Verdict",
    "certificates",
    "parse",
    "split",
    "verify",
]


class Verdict(enum.Enum):
    """What a check of a signature found."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN_KEY = "unknown key"
    UNSUPPORTED = "unsupported"


def verify(body: Buffer, signature: Pkcs7Signature, keys: Sequence[PublicKey]) -> Verdict:
    """Check the signature of `body` as Linux does: unsupported algorithms first, then what is signed, then the key.

    Linux refuses signed attributes in modules, so they are BAD (crypto/asymmetric_keys/pkcs7_verify.c, pkcs7_verify).
    Raises FormatError for a signature that cannot be one.
    """
    import hashlib

    if not signature.digest or not signature.algorithm:
        return Verdict.UNSUPPORTED
    if signature.attributes or not signature.plain:
        return Verdict.BAD
    key = next((key.key for key in keys if _signed_by(signature, key)), None)
    if key is None:
        return Verdict.UNKNOWN_KEY
    digest = hashlib.new(signature.digest.replace("sha3-", "sha3_"), body).digest()
    good = key.algorithm == signature.algorithm and key.verifies(signature.digest, digest, signature.value)
    return Verdict.GOOD if good else Verdict.BAD


def _signed_by(signature: Pkcs7Signature, key: PublicKey) -> bool:
    """Return whether this is the key that the signature names."""
    if signature.skid:
        return signature.skid == key.skid
    return (signature.issuer, signature.serial) == (key.issuer, key.serial)
