"""Words of reports: texts of others are made fit to be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.reports.words import counted, evidence_lines, listed, printable, sentences, wrapped


@given(st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Cf", "Zl"])))
def test_all_that_is_printed_can_be_seen(text: str) -> None:
    """Nothing is left that a terminal, a browser or an XML parser would not show; what can be seen stays."""
    shown = printable(text)
    assert shown.isprintable()
    assert shown.encode().decode() == shown
    if text.isprintable():
        assert shown == text
    assert printable(text, "\n").count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("line\r\n\tmore", "line\\r\\n\\tmore"),
        ("byte\udcff", "byte\\xff"),
        ("\ud800", "\\ud800"),
        ("abc\u202ekm", "abc\\u202ekm"),
        ("\U000e0001", "\\U000e0001"),
        ("größer 模块", "größer 模块"),
    ],
)
def test_what_cannot_be_seen_is_written_as_python_does(text: str, shown: str) -> None:
    """A control character, a byte that is not UTF-8, and what turns the direction of writing."""
    assert printable(text) == shown


def test_evidence() -> None:
    """A place is one line: section and offset, file and line; a list of objects is a line for each."""
    evidence = {
        "module": "0x1",
        "section": ".modinfo",
        "offset": 64,
        "file": "/etc/a.conf",
        "line": 3,
        "words": [{"module": "SMP", "counts": True}, {"module": "", "counts": False}],
        "names": ["a", "b\n"],
        "signed_by": None,
        "empty": [],
    }
    assert [*evidence_lines(evidence)] == [
        ("module", "0x1"),
        ("section", ".modinfo+0x40"),
        ("file", "/etc/a.conf:3"),
        ("words", "module SMP, counts yes"),
        ("words", "module (none), counts no"),
        ("names", "a, b\\n"),
    ]


def test_a_place_without_a_section_or_in_another_order() -> None:
    """An offset or line alone is told as it is, and an offset that comes before its section is told with it."""
    assert [*evidence_lines({"offset": 64, "line": 3})] == [("offset", "64"), ("line", "3")]
    assert [*evidence_lines({"offset": 64, "section": ".text"})] == [("section", ".text+0x40")]
    assert [*evidence_lines({"file": "a.ko", "line": None})] == [("file", "a.ko")]


def test_words_are_joined() -> None:
    """Numbers with their things, lists, and sentences."""
    assert counted(1, "module") == "1 module"
    assert counted(0, "module") == "0 modules"
    assert [listed(list("abc"[:number])) for number in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert sentences("it is", "", "Do so.", "Why?") == "it is. Do so. Why?"


def test_lines_are_wrapped_where_a_width_is_given() -> None:
    """Long words stay whole, and without a width, or with next to none, so do lines."""
    assert wrapped("a bc def " * 5, "- ", "    ", 25) == ["- a bc def a bc def a bc", "    def a bc def a bc def"]
    assert wrapped("a b " * 50, "- ", "", 0) == ["- " + "a b " * 50]
    assert wrapped("a b", "- ", "", 5) == ["- a b"]
    assert wrapped("", "- ", "", 40) == ["- "]
    assert wrapped("x" * 50, "- ", "", 40) == ["- " + "x" * 50]
