"""The section .modinfo."""

from __future__ import annotations

import pytest

from modtools.formats.modinfo import fields


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ()),
        (b"\0\0\0", ()),
        (b"license=GPL\0", (("license", "GPL"),)),
        (b"\0\0license=GPL\0\0\0depends=\0", (("license", "GPL"), ("depends", ""))),
        (b"alias=b\0alias=a\0alias=b", (("alias", "b"), ("alias", "a"), ("alias", "b"))),
        (b"parm=x=y:what = it is\0", (("parm", "x=y:what = it is"),)),
        (b"intree\0=\0", (("intree", ""), ("", ""))),
        (b"description=two\nlines\0", (("description", "two\nlines"),)),
    ],
)
def test_pairs_are_read(data: bytes, expected: tuple[tuple[str, str], ...]) -> None:
    """Pairs in their order, repeated ones too, with padding anywhere, and with all that follows the first "="."""
    assert fields(data) == expected


def test_other_bytes_are_kept() -> None:
    """Latin-1 and other bytes that are not UTF-8 come back as they were; UTF-8 is read."""
    ((_, author),) = fields("author=J\xf6rg".encode("latin-1") + b"\0")
    assert author.encode("utf-8", "surrogateescape") == "J\xf6rg".encode("latin-1")
    assert fields("author=Jörg\0".encode()) == (("author", "Jörg"),)
