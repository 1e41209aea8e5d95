"""Words of reports: texts of others are made fit to be shown."""

from __future__ import annotations

from modtools.reports.words import counted, evidence_lines, listed, sentences, wrapped


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
