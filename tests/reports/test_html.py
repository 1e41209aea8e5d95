"""A check as a page: what is in it. How a browser shows it is in test_page."""

from __future__ import annotations

import re
from html import unescape

from modtools.reports import html
from modtools.reports.document import Document
from tests.reports.documents import DEBIAN_12, DEBIAN_13, DOCUMENT, HELLO, RULES, finding, module, of

TAG = re.compile(r"<[^>]*>")


def page(document: Document = DOCUMENT) -> str:
    """The page of a document."""
    return html.report(document, RULES)


def section(name: str, document: Document = DOCUMENT) -> str:
    """A section of the page, "" where it has none."""
    found = re.search(rf'<section id="{name}">.*?</section>', page(document), re.DOTALL)
    return found.group() if found else ""


def words(markup: str) -> str:
    """What a reader reads of a part of the page, with a blank for each tag."""
    return " ".join(unescape(TAG.sub(" ", markup)).split())


def test_it_loads_nothing_and_runs_nothing() -> None:
    """One file: no script, no address outside it, and a policy that forbids both."""
    text = page()
    assert "<script" not in text
    assert not re.findall(r"(?:src|href)=\"(?!#)", text)
    assert not re.findall(r"url\(|@import|https?:", text)
    assert "default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;" in text


def bare(text: str) -> str:
    """A text without blanks, and without the signs round what is typed, for which the page has another font."""
    return "".join(text.replace("`", "").split())


def test_all_that_a_document_says_is_in_it() -> None:
    """Every text of the document is read on the page, but those of results that say no more than that it loads."""
    read = bare(words(page()))
    for row in DOCUMENT["modules"]:
        for text in (row["path"], row["kernel"], row["error"], *row["log"], *row["needs"]):
            assert bare(text) in read
        for found in row["findings"]:
            assert all(bare(found[name]) in read for name in ("rule", "message", "help", "step"))
    for kernel in DOCUMENT["kernels"]:
        assert all(bare(text) in read for text in (kernel["title"], kernel["release"], kernel["vermagic"]))
    assert bare("warning: build/Module.symvers: says nothing of keys") in read
    assert all(bare(RULES[rule].summary) in read for rule in ("vermagic-mismatch", "blacklisted"))


def test_the_facts_of_a_kernel() -> None:
    """What is a word of the kernel's own has the font of what is typed; what it is called in words has not."""
    text = section("kernels", of(HELLO))
    assert f"<dt>What it is</dt><dd>{DEBIAN_12['title']}</dd>" in text
    for label, fact in (("Release", "release"), ("Machine", "machine"), ("Vermagic", "vermagic")):
        assert f"<dt>{label}</dt><dd><code>{DEBIAN_12[fact]}</code></dd>" in text  # type: ignore[literal-required]


def test_what_is_typed_is_set_apart() -> None:
    """Words between backquotes are code; one alone stays, and what a module says is still escaped."""
    found = finding("symbol-unknown", "error", "do `a <b>` or `", help="`pymod`")
    text = section("results", of({**HELLO, "findings": [found]}))
    assert "<p>do <code>a &lt;b&gt;</code> or `</p>" in text
    assert '<p class="help"><code>pymod</code></p>' in text


def test_the_matrix() -> None:
    """A line for each module, a column for each kernel; a verdict is a word and a sign, and leads to its reasons."""
    rows = re.findall(r"<tr>.*?</tr>", section("verdicts"), re.DOTALL)
    assert [words(row) for row in rows] == [
        "Module debian-12 6.1.0-56-amd64, x86_64 debian-13 6.12.118+deb13-amd64, x86_64 build/Module.symvers",
        "build/hello.ko ✓ loads ✗ refused vermagic-mismatch and 1 more ? unknown",
        "build/hello_export.ko ✓ loads blacklisted ✓ loads not checked",
        "build/plain.ko ✓ loads ✓ loads not checked",
        "3 modules 3 loads 2 loads , 1 refused 1 unknown",
    ]
    (anchor,) = re.findall(r'href="#([^"]*)"><span class="mark">✗', rows[1])
    (result,) = re.findall(rf'<article id="{anchor}".*?</article>', page(), re.DOTALL)
    assert "on debian-13 ✗ refused: Invalid module format (errno 8)" in words(result)


def test_refused_modules_come_first() -> None:
    """Then those that are not known, then those with something to say; the others are counted."""
    verdicts = re.findall(r'<article id="result-\d+" class="result (\w+)">', page())
    assert verdicts == ["refused", "unknown", "loads", "loads"]
    assert "Of 3 results there is nothing to tell but that the module loads." in words(section("results"))


def test_kernels_that_agree_share_a_picture() -> None:
    """Who uses whom is drawn once for kernels where it is the same, with the same verdicts."""
    other = {**HELLO, "kernel": "debian-13"}
    both = of(HELLO, other, kernels=(DEBIAN_12, DEBIAN_13))  # type: ignore[arg-type]
    assert re.findall("<figcaption>(.*?)</figcaption>", section("uses", both)) == ["On debian-12 and debian-13"]
    refused = {**other, "verdict": "refused"}
    apart = of(HELLO, refused, kernels=(DEBIAN_12, DEBIAN_13))  # type: ignore[arg-type]
    assert len(re.findall("<svg", section("uses", apart))) == 2


def test_a_picture_that_nobody_can_read_is_not_drawn() -> None:
    """With too many modules it is told how many there are."""
    many = [module(DEBIAN_12, f"m{number}.ko", uses=[f"m{number + 1}"]) for number in range(html.MOST_DRAWN)]
    told = section("uses", of(*many))
    assert "<svg" not in told
    assert f"{html.MOST_DRAWN + 1} modules use each other: too many for a picture." in told
    assert "<svg" in section("uses", of(*many[1:]))


def test_what_is_empty_is_left_out() -> None:
    """No messages, no picture, no rules: no sections of them."""
    quiet = of(module(DEBIAN_12, "a.ko"))
    assert [name for name in ("messages", "uses", "rules") if section(name, quiet)] == []


def test_a_module_that_just_loads_is_not_told() -> None:
    """What loads alone and without a word is only counted; what is loaded after others is told, for its order."""
    alone, after = module(DEBIAN_12, "build/alone.ko"), module(DEBIAN_12, "build/after.ko", order=["first", "after"])
    results = words(section("results", of(alone, after)))
    assert "Of 1 result there is nothing to tell" in results
    assert "after.ko" in results
    assert "alone.ko" not in results
