"""Tests of modtools/emulate/linux/crypto/testmgr.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import testmgr
from tests.emulated import log


@pytest.mark.parametrize(
    ("name", "driver", "flags", "said"),
    [
        ("ansi_cprng", "mine", 0, False),
        ("mine", "ghash", 0, False),
        ("aes", "aes-generic", 1, False),
        ("arc4", "arc4-generic", 4, False),
        ("__cbc(serpent)", "__cbc-serpent-sse2", 0x2000, False),
        ("fips(ansi_cprng)", "fips_ansi_cprng", 0, True),
        ("mine", "mine-generic", 1, True),
    ],
)
def test_an_algorithm_without_a_test_is_named(guest: Guest, name: str, driver: str, flags: int, said: bool) -> None:
    """By name and driver; ciphers of blocks are tested as ECB, and what is only for the kernel itself needs no test."""
    testmgr.test(guest, name, driver, flags)
    lines = [line for line in log(guest) if "alg: " in line]
    assert [line.partition("alg: ")[2] for line in lines] == [f"No test for {name} ({driver})"] * said
