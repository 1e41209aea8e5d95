"""Signatures are found, taken apart and checked as Linux does it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from modtools.errors import FormatError
from modtools.formats import der, kernelimage
from modtools.formats.pkcs7 import certificate
from modtools.formats.signature import MARKER, PublicKey, Verdict, certificates, parse, split, verify
from tests import reference
from tests.samples import DATA, KO

SIGNATURES = DATA / "signatures"
BODY = (DATA / "samples/sample.S").read_bytes()
KEY = certificate((SIGNATURES / "rsa.der").read_bytes())
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
    for other in (number ^ 1, number + KEY.n, 0, KEY.n - 1):
        value = other.to_bytes(max(256, (other.bit_length() + 7) // 8), "big")
        assert verify(BODY, parsed._replace(value=value), [KEY]) is Verdict.BAD
    assert verify(BODY, parsed._replace(digest="sha512"), [KEY]) is Verdict.BAD
    small = KEY._replace(n=0xC5, e=3)
    assert verify(BODY, parsed._replace(value=b"\1"), [small]) is Verdict.BAD


def test_the_key_must_be_the_one_named() -> None:
    """Without the key that the signature names, by serial or by identifier, the key is unknown."""
    for name, other in (("sha256", KEY._replace(serial=KEY.serial + 1)), ("keyid", KEY._replace(skid=b"other"))):
        assert verify(BODY, parse(signature(name)), []) is Verdict.UNKNOWN_KEY
        assert verify(BODY, parse(signature(name)), [other]) is Verdict.UNKNOWN_KEY
    assert verify(BODY, parse(signature("elliptic")), [KEY]) is Verdict.UNKNOWN_KEY


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
    assert (KEY.e, KEY.n.bit_length(), len(KEY.skid)) == (65537, 2048, 20)


def test_certificates_are_found_in_anything() -> None:
    """RSA certificates are found amidst other bytes, each once, and other sequences and keys are passed over."""
    rsa, elliptic = (SIGNATURES / "rsa.der").read_bytes(), (SIGNATURES / "elliptic.der").read_bytes()
    assert certificates(b"\x30\x82" + rsa + b"\0" * 100 + elliptic + b"\x30\x82\x30" + rsa + b"\x30\x82\1") == [KEY]
    assert certificates(rsa[:-1]) == []
    assert certificates(b"") == []
    with pytest.raises(FormatError, match="not RSA"):
        certificate(elliptic)


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
