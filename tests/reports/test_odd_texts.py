"""All forms, with anything in the texts of a document: each stays what it is."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from jsonschema import Draft4Validator

from modtools.reports import forms, text
from modtools.reports.document import Document
from tests.properties import examples
from tests.reports.documents import DEBIAN_12, DOCUMENT, RULES, documents, finding, module, of
from tests.reports.test_junit import schema as junit_schema
from tests.reports.test_sarif import SCHEMA as SARIF

VOID = frozenset(("meta", "link", "br"))


class Page(HTMLParser):
    """What a page is made of: it fails for an end tag that fits no start tag."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and what leads where."""
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id" and value is not None]
        self.links += [value for name, value in attrs if name == "href" and value is not None]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that ends at once, as in a picture."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag


def parsed(page: str) -> Page:
    """A page, taken apart."""
    parser = Page()
    parser.feed(page)
    parser.close()
    assert not parser.open
    return parser


EVERYTHING = parsed(forms.written("html", DOCUMENT, RULES))


@given(documents())
@examples(40)
def test_every_form_stays_what_it_is(document: Document) -> None:
    """SARIF and JUnit keep to their schemas, a command is one line, and a page has no tag that we did not write."""
    written = {form: forms.written(form, document, RULES) for form in forms.FORMS}
    assert json.loads(written["json"]) == document
    assert Draft4Validator(SARIF).is_valid(json.loads(written["sarif"]))
    junit_schema().validate(written["junit"])
    assert all(line.startswith("::") for line in written["github"].split("\n")[:-1])
    page = parsed(written["html"])
    assert page.tags <= EVERYTHING.tags
    assert page.attributes <= EVERYTHING.attributes
    assert len({*page.ids}) == len(page.ids)
    assert {link for link in page.links if link.startswith("#")} <= {f"#{name}" for name in page.ids}
    for form, told in {**written, "matrix": text.matrix(document, RULES)}.items():
        assert told.encode().decode() == told, form
        assert told.replace("\n", "").replace("\t", "").isprintable(), form


@pytest.mark.parametrize("form", forms.FORMS)
def test_very_long_texts_are_told_whole(form: str) -> None:
    """A name, a message or a line of the log can have a million characters."""
    long = "x" * 1_000_000
    row = module(DEBIAN_12, "a.ko", "refused", findings=[finding("symbol-unknown", "error", long)], log=[long])
    assert forms.written(form, of(row), RULES).count(long) >= 1


def test_every_result_of_xml_is_read_back() -> None:
    """What can be seen is read back to the letter, quotes and brackets too."""
    row = module(DEBIAN_12, "a.ko", "refused", error="""<a href='x'>&"]]>""", errno=1)
    root = ElementTree.fromstring(forms.written("junit", of(row), RULES))
    assert [found.get("message") for found in root.iter("failure")] == ["""<a href='x'>&"]]> (errno 1)"""]


def test_an_unknown_form_is_an_error() -> None:
    """There is no form but those that are listed."""
    with pytest.raises(KeyError):
        forms.written("yaml", DOCUMENT, RULES)
