"""Signatures are found, taken apart and checked as Linux does it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import cast

import pytest

from modtools import profiles
from modtools.errors import FormatError
from modtools.formats import compression, der, ecdsa, kernelimage
from modtools.formats.ecdsa import EcdsaKey
from modtools.formats.pkcs7 import certificate
from modtools.formats.rsa import RsaKey
from modtools.formats.signature import MARKER, PublicKey, Verdict, certificates, parse, split, verify
from tests import reference
from tests.samples import DATA, KO

SIGNATURES = DATA / "signatures"
BODY = (DATA / "samples/sample.S").read_bytes()
KEY = certificate((SIGNATURES / "rsa.der").read_bytes())
CURVED = certificate((SIGNATURES / "elliptic.der").read_bytes())
RSA, POINT = cast("RsaKey", KEY.key), cast("EcdsaKey", CURVED.key)
HELLO = (KO / "hello_export.ko").read_bytes()


def signature(name: str) -> bytes:
    """A signature of BODY that OpenSSL made."""
    return (SIGNATURES / f"{name}.p7s").read_bytes()


@pytest.mark.parametrize("name", ["sha1", "sha256", "sha512", "sha3-256", "keyid"])
def test_openssls_signatures_are_good(name: str) -> None:
    """A signature by the key is good, whether it names the key by issuer and serial or by its identifier."""
    parsed = parse(signature(name))
    assert parsed.digest == (name if name.startswith("sha") else "sha256")
    assert verify(BODY, parsed, [KEY]) is Verdict.GOOD
    assert verify(memoryview(BODY), parsed, [KEY._replace(serial=1, skid=b"other"), KEY]) is Verdict.GOOD


@pytest.mark.parametrize("at", [0, len(BODY) // 2, len(BODY) - 1])
def test_one_changed_byte_is_bad(at: int) -> None:
    """A body that differs in a byte, or is shorter, has a bad signature."""
    changed = bytearray(BODY)
    changed[at] ^= 1
    assert verify(changed, parse(signature("sha256")), [KEY]) is Verdict.BAD
    assert verify(BODY[:at], parse(signature("sha256")), [KEY]) is Verdict.BAD


def test_a_changed_signature_is_bad() -> None:
    """Another number than the signature, also one that is no smaller than the modulus, is bad."""
    parsed = parse(signature("sha256"))
    number = int.from_bytes(parsed.value, "big")
    for other in (number ^ 1, number + RSA.n, 0, RSA.n - 1):
        value = other.to_bytes(max(256, (other.bit_length() + 7) // 8), "big")
        assert verify(BODY, parsed._replace(value=value), [KEY]) is Verdict.BAD
    assert verify(BODY, parsed._replace(digest="sha512"), [KEY]) is Verdict.BAD
    small = KEY._replace(key=RsaKey(0xC5, 3))
    assert verify(BODY, parsed._replace(value=b"\1"), [small]) is Verdict.BAD


def test_the_key_must_be_the_one_named() -> None:
    """Without the key that the signature names, by serial or by identifier, the key is unknown."""
    for name, other in (("sha256", KEY._replace(serial=KEY.serial + 1)), ("keyid", KEY._replace(skid=b"other"))):
        assert verify(BODY, parse(signature(name)), []) is Verdict.UNKNOWN_KEY
        assert verify(BODY, parse(signature(name)), [other]) is Verdict.UNKNOWN_KEY
    assert verify(BODY, parse(signature("elliptic")), [KEY]) is Verdict.UNKNOWN_KEY


def test_signatures_by_elliptic_curves() -> None:
    """OpenSSL's signature by a key of P-256 is good, and bad for another body, point or kind of key."""
    parsed = parse(signature("elliptic"))
    assert verify(BODY, parsed, [CURVED]) is Verdict.GOOD
    assert verify(BODY[:-1], parsed, [CURVED]) is Verdict.BAD
    assert verify(BODY, parsed, [CURVED._replace(key=POINT._replace(y=POINT.curve.p - POINT.y))]) is Verdict.BAD
    assert verify(BODY, parsed, [CURVED._replace(key=RSA)]) is Verdict.BAD
    assert verify(BODY, parsed._replace(algorithm="rsa"), [CURVED]) is Verdict.BAD


@pytest.mark.parametrize(
    "value", [b"", b"\x30\x03\2\1\1", der.encoded(der.OCTET_STRING, b""), (0, 1), (1, 0), (POINT.curve.n, 1)]
)
def test_what_can_be_no_signature_by_a_curve(value: bytes | tuple[int, int]) -> None:
    """One number, none, and numbers that the curve does not have raise FormatError."""
    if isinstance(value, tuple):
        numbers = (der.encoded(der.INTEGER, number.to_bytes(33, "big")) for number in value)
        value = der.encoded(der.SEQUENCE, *numbers)
    with pytest.raises(FormatError):
        verify(BODY, parse(signature("elliptic"))._replace(value=value), [CURVED])


@pytest.mark.parametrize("curve", ecdsa.CURVES.values(), ids=lambda curve: str(curve.p.bit_length()))
def test_the_numbers_of_curves(curve: ecdsa.Curve) -> None:
    """The first point of each curve is on it, and comes back after as many steps as the curve has points.

    With a key of twice this point every sum goes through all ways to add, and the signature by its key is good.
    """
    first = EcdsaKey(curve, curve.x, curve.y)
    secret, nonce, digest = 2, 3, bytes(range(1, 65))
    keys = [ecdsa.key(oid, point(first, secret)) for oid, known in ecdsa.CURVES.items() if known is curve]
    r = int.from_bytes(point(first, nonce)[1:][: (curve.p.bit_length() + 7) // 8], "big") % curve.n
    number = int.from_bytes(digest[: (curve.n.bit_length() + 7) // 8], "big")
    s = pow(nonce, -1, curve.n) * (number + r * secret) % curve.n
    numbers = [der.encoded(der.INTEGER, value.to_bytes(67, "big").lstrip(b"\0").rjust(67, b"\0")) for value in (r, s)]
    value = b"\x30\x81" + bytes([sum(map(len, numbers))]) + b"".join(numbers)
    assert keys[0].verifies("sha512", digest, value)
    assert not keys[0].verifies("sha512", digest[1:], value)
    assert not first.verifies("sha512", digest, value)


def point(first: EcdsaKey, times: int) -> bytes:
    """A multiple of a point as a certificate has it, added up without projective coordinates."""
    curve = first.curve
    x, y = first.x, first.y
    for _ in range(times - 1):
        slope = (3 * x * x - 3, 2 * y) if (x, y) == (curve.x, curve.y) else (y - curve.y, x - curve.x)
        steep = slope[0] * pow(slope[1], -1, curve.p)
        third = (steep * steep - x - curve.x) % curve.p
        x, y = third, (steep * (curve.x - third) - curve.y) % curve.p
    size = (curve.p.bit_length() + 7) // 8
    return b"\4" + x.to_bytes(size, "big") + y.to_bytes(size, "big")


@pytest.mark.parametrize("bits", [b"", b"\4" + bytes(64), b"\2" + bytes(32), b"\4" + b"\xff" * 64])
def test_keys_that_are_no_points(bits: bytes) -> None:
    """Other lengths, compressed points and those off the curve raise FormatError, and so does an unknown curve."""
    with pytest.raises(FormatError, match="no point"):
        ecdsa.key(der.encoded_oid("1.2.840.10045.3.1.7"), bits)
    with pytest.raises(FormatError, match="unknown curve"):
        ecdsa.key(der.encoded_oid("1.3.132.0.10"), bits)


def test_what_linux_refuses_is_bad() -> None:
    """Signed attributes, which Linux refuses for modules, and signed things other than data, are bad."""
    attributes = parse(signature("attributes"))
    assert attributes.attributes
    assert verify(BODY, attributes, [KEY]) is Verdict.BAD
    assert verify(BODY, parse(signature("sha256"))._replace(plain=False), [KEY]) is Verdict.BAD


def test_an_unknown_digest_is_unsupported() -> None:
    """A digest that is not in the table is unsupported, before anything else is looked at."""
    parsed = parse(signature("sha512-256"))
    assert parsed.digest == ""
    assert verify(BODY, parsed, []) is Verdict.UNSUPPORTED


def test_the_signer_is_told() -> None:
    """Issuer's common name and serial, or the key identifier, are those of the certificate."""
    named, by_id = parse(signature("sha256")), parse(signature("keyid"))
    assert (named.common_name, named.serial, named.issuer) == ("rsa key", KEY.serial, KEY.issuer)
    assert (by_id.common_name, by_id.skid, by_id.issuer) == ("", KEY.skid, b"")
    assert parse(signature("elliptic")).algorithm == "ecdsa"
    assert (RSA.e, RSA.n.bit_length(), len(KEY.skid)) == (65537, 2048, 20)


def test_certificates_are_found_in_anything() -> None:
    """Certificates are found amidst other bytes, each once, and other sequences and keys are passed over."""
    rsa, elliptic = (SIGNATURES / "rsa.der").read_bytes(), (SIGNATURES / "elliptic.der").read_bytes()
    assert certificates(b"\x30\x82" + rsa + b"\0" * 100 + elliptic + b"\x30\x82\x30" + rsa + b"\x30\x82\1") == [
        KEY,
        CURVED,
    ]
    assert certificates(rsa[:-1]) == []
    assert certificates(b"") == []
    other = elliptic.replace(der.encoded_oid("1.2.840.10045.2.1"), der.encoded_oid("1.2.840.10045.2.2"))
    with pytest.raises(FormatError, match="neither RSA nor of an elliptic curve"):
        certificate(other)
    assert certificates(other) == []


def trailed(signed: bytes, size: int | None = None, id_type: int = 2) -> bytes:
    """hello_export with this at its end, as if it were a signature."""
    trailer = struct.pack(">BBBBB3xI", 0, 0, id_type, 0, 0, len(signed) if size is None else size)
    return HELLO + signed + trailer + MARKER


def test_a_signature_is_split_off() -> None:
    """The length without the signature, and the signature, are told; without the marker all is the module."""
    length, trailer = split(trailed(b"signed"))
    assert trailer
    assert (length, trailer.signature, trailer.id_type, trailer.sig_len) == (len(HELLO), b"signed", 2, 6)
    assert split(HELLO) == (len(HELLO), None)
    assert split(trailed(b"x") + b"\n") == (len(HELLO) + 42, None)
    assert split(b"") == (0, None)


def test_a_signature_longer_than_the_file_is_told() -> None:
    """A length that is more than the file has leaves the signature empty, and tells the length."""
    data = trailed(b"x", 1 << 31)
    length, trailer = split(data)
    assert trailer
    assert (length, trailer.signature, trailer.sig_len) == (len(data) - 40, b"", 1 << 31)
    with pytest.raises(FormatError):
        split(MARKER)


def test_signers_of_old_signatures_are_read() -> None:
    """Before PKCS#7 the signer's name and the key's identifier stood before the signature."""
    trailer = struct.pack(">BBBBB3sI", 1, 4, 1, 4, 3, b"\1\2\3", 5)
    length, found = split(HELLO + b"name" + b"key" + b"12345" + trailer + MARKER)
    assert found
    assert (length, found.signer, found.key_id, found.signature) == (len(HELLO), b"name", b"key", b"12345")
    assert (found.algo, found.hash, found.padding) == (1, 4, b"\1\2\3")


@pytest.mark.parametrize(
    "data",
    [b"", b"0", b"\x30\x80", b"\x30\x85\0\0\0\0\0", b"\x30\x05\0", b"\x1f\x81\0", signature("sha256")[:-1]],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    """Cut, indefinite and oversized DER values raise FormatError."""
    with pytest.raises(FormatError):
        parse(data)


def test_numbers_of_der() -> None:
    """The examples of X.690: lengths of one and more bytes, signed numbers, identifiers of several bytes."""
    whole = der.read(b"\x30\x81\x06\x02\x01\x2a\x04\x01\xff")
    number, text = der.parts(whole, der.INTEGER, der.OCTET_STRING)
    assert (number.number, text.content) == (42, b"\xff")
    assert der.read(b"\x02\x01\x80").number == -128
    assert der.encoded_oid("2.999.3") == bytes.fromhex("883703")
    assert der.encoded_oid("1.2.840.113549.1.7.2") == bytes.fromhex("2a864886f70d010702")


@pytest.fixture(scope="module")
def debians_keys() -> list[PublicKey]:
    """The keys that Debian's kernel has built in."""
    image = reference.debian_tree() / f"boot/vmlinuz-{reference.RELEASE}"
    return certificates(kernelimage.unpack(image.read_bytes()).data)


@pytest.mark.debian
def test_debians_modules_verify(debian_tree: Path, debians_keys: list[PublicKey]) -> None:
    """Modules of Debian are signed by a key in Debian's kernel image, and one flipped byte is noticed."""
    assert len(debians_keys) == 1
    modules = sorted((debian_tree / "lib/modules" / reference.RELEASE / "kernel/lib").rglob("*.ko"))
    assert len(modules) > 20
    for path in modules:
        data = path.read_bytes()
        length, trailer = split(data)
        assert trailer
        parsed = parse(trailer.signature)
        assert parsed.common_name == "Build time autogenerated kernel key"
        assert verify(data[:length], parsed, debians_keys) is Verdict.GOOD
        flipped = bytearray(data[:length])
        flipped[length // 2] ^= 0x10
        assert verify(flipped, parsed, debians_keys) is Verdict.BAD
        assert verify(data[:length], parsed, [KEY]) is Verdict.UNKNOWN_KEY


@pytest.mark.debian13
def test_debian_13s_modules_verify() -> None:
    """Modules of Debian 13 are signed by a key of P-384 that its profile has, and one flipped byte is noticed."""
    keys = certificates(profiles.load("debian-13").certificates[0])
    modules = sorted(reference.debian13_tree().rglob("kernel/lib/**/*.ko.xz"))
    assert len(modules) > 10
    for path in modules:
        data = compression.decompress(path.read_bytes())
        length, trailer = split(data)
        assert trailer
        parsed = parse(trailer.signature)
        assert verify(data[:length], parsed, keys) is Verdict.GOOD
        assert verify(data[: length - 1], parsed, keys) is Verdict.BAD
