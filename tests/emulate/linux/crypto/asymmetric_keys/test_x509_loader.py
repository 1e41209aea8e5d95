"""Tests of modtools/emulate/linux/crypto/asymmetric_keys/x509_loader.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto.asymmetric_keys import x509_loader
from tests.emulated import log

_BAD = "<3>Problem parsing in-kernel X.509 certificate list"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", []),
        (b"\x30\x82\x01\x00" + bytes(256), ["<3>Problem loading in-kernel X.509 certificate (-74)"]),
        (b"\x30\x82\x01\x00" + bytes(255), [_BAD]),
        (b"\x30\x82\x01", [_BAD]),
        (b"\x30\x81\x80" + bytes(128), [_BAD]),
    ],
)
def test_a_damaged_list_is_told(guest13: Guest, data: bytes, said: list[str]) -> None:
    """What is not a certificate of more than 255 bytes ends the list; one that is none inside is left out."""
    place = guest13.new_text(data)
    assert x509_loader.x509_load_certificate_list(guest13, place, len(data), 0) == 0
    assert log(guest13) == said
