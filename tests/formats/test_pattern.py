"""Shell patterns: glibc's fnmatch() is the reference, kmod's spelling of names beside it."""

from __future__ import annotations

import ctypes
import locale
import platform
import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from modtools.errors import FormatError
from modtools.formats.pattern import matches, spelled

glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="compares with glibc's fnmatch()")

CLASSES = st.sampled_from(["[[:alpha:]]", "[[:digit:]_]", "[![:space:]]", "[[:foo:]]", "[[.a.]-c]", "[[=a=]]"])
PATTERNS = st.lists(st.text("ab-*?[]!^\\:.é", max_size=4) | CLASSES, max_size=4).map("".join)


@pytest.fixture(scope="module")
def _c_locale() -> Iterator[None]:
    """kmod's tools never call setlocale(), so that glibc counts bytes."""
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C")
    yield
    locale.setlocale(locale.LC_CTYPE, before)


@glibc
@pytest.mark.usefixtures("_c_locale")
@given(pattern=PATTERNS, text=st.text("ab-c[]!^\\:.é1 ", max_size=6))
@example(pattern="[abc", text="[abc")
@example(pattern="[]a]", text="]")
@example(pattern="[a\\-z]", text="m")
@example(pattern="[a-", text="[a-")
@example(pattern="a\\", text="a\\")
@example(pattern="[[:alpha]", text="[")
@example(pattern="*é?", text="éé")
@example(pattern="[^[[:foo:]]", text="1")
@example(pattern="[a[:foo:]b]", text="a")
@example(pattern="[a[:foo:]b]", text="b")
@example(pattern="[[:foo:]", text="[[:foo:]")
@example(pattern="a*a*b", text="aab")
@example(pattern="[[.", text="[[.")
@example(pattern="[[-", text="[[-")
@example(pattern="[[[:foo:]", text="[[[:foo:]")
@example(pattern="[^[.]", text="1")
@example(pattern="[a[.bc.]d]", text="a")
@example(pattern="[a[.bc.]d]", text="d")
@example(pattern="[a[..]]", text=".")
def test_patterns_match_as_in_glibc(pattern: str, text: str) -> None:
    """A pattern matches the texts that fnmatch() without flags matches in the C locale."""
    fnmatch = ctypes.CDLL(None).fnmatch
    assert matches(pattern, text) == (fnmatch(pattern.encode(), text.encode(), 0) == 0)


@pytest.mark.parametrize("piece", ["*[ab]", "*a", "*?", "*[!b]a", "*\\a"])
def test_many_asterisks_take_no_time(piece: str) -> None:
    """Where nothing matches, not every way to part the text is tried."""
    before = time.process_time()
    assert not matches(piece * 8 + "c", "a" * 60)
    assert time.process_time() - before < 1


def test_a_pattern_is_compared_byte_for_byte() -> None:
    """Half of a UTF-8 character is a character of its own, as for a C program."""
    half = b"\xc3".decode("utf-8", "surrogateescape")
    assert matches(half + "*", "é")
    assert matches("??", "é")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hello-use", "hello_use"), ("a[0-9]-b", "a[0-9]_b"), ("a[-]-[b-c]-", "a[-]_[b-c]_"), ("[[a-b]-", "[[a-b]_")],
)
def test_dashes_become_underscores_outside_of_brackets(name: str, expected: str) -> None:
    """Names are compared with underscores; what stands in brackets is a range of characters."""
    assert spelled(name) == expected


@pytest.mark.parametrize("name", ["a]", "[a", "a[b]c]", "]["])
def test_a_bracket_without_its_pair_is_refused(name: str) -> None:
    """kmod refuses such names, too, and no long name takes long."""
    with pytest.raises(FormatError, match="bracket"):
        spelled("x-" * 5000 + name)
