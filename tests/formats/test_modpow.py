"""OpenSSL's powers are Python's, and where OpenSSL cannot be had, Python's own are taken."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.formats import modpow

NUMBERS = st.integers(0, 1 << 600)


@given(NUMBERS, NUMBERS, st.integers(1, 1 << 599).map(lambda half: 2 * half + 1))
def test_the_librarys_powers_are_pythons(base: int, exponent: int, modulus: int) -> None:
    """Of numbers of any size, zero among them."""
    library = modpow._library()
    if library is None:
        pytest.skip("this Python has no libcrypto that can be called")
    assert library.power(base, exponent, modulus) == pow(base, exponent, modulus)


def test_the_first_powers_are_pythons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is looked for once there are many of them."""
    monkeypatch.setattr(modpow, "_done", 0)
    monkeypatch.setattr(modpow, "_library", lambda: pytest.fail("it was asked for"))
    assert [modpow.power(base, 3, 101) for base in range(modpow._FIRST)] == [base**3 % 101 for base in range(16)]
    with pytest.raises(pytest.fail.Exception):
        modpow.power(2, 3, 101)


def test_without_the_library_python_does_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it reckons otherwise, or fails."""
    monkeypatch.setattr(modpow, "_done", modpow._FIRST)
    monkeypatch.setitem(sys.modules, "_hashlib", None)
    modpow._library.cache_clear()
    assert modpow.power(7, 65537, 10007) == pow(7, 65537, 10007)
    assert modpow._library() is None
    monkeypatch.undo()
    modpow._library.cache_clear()
    monkeypatch.setattr(modpow.Library, "power", lambda *_: 4)
    assert modpow._library() is None
    modpow._library.cache_clear()
    monkeypatch.setattr(modpow.Library, "power", lambda *_: None)
    monkeypatch.setattr(modpow, "_done", modpow._FIRST)
    assert modpow.power(7, 65537, 10007) == pow(7, 65537, 10007)
    modpow._library.cache_clear()
