"""The page of a check, in a browser: on a screen, light and dark, wide and narrow, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.reports import forms
from tests.reports.browser import DARK, Browser, brightness_of_pdf, words_of_pdf
from tests.reports.documents import DEBIAN_12, DOCUMENT, RULES, module, of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Chromium, and the page of the sample."""
    made = Browser(tmp_path_factory.mktemp("browser"))
    made.page.write_text(forms.written("html", DOCUMENT, RULES), "utf-8")
    return made


@pytest.mark.parametrize("scheme", [(), (DARK,)], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1200, 420], ids=["wide", "narrow"])
def test_it_can_be_read(browser: Browser, width: int, scheme: tuple[str, ...]) -> None:
    """Every text is seen, with a contrast of at least 4.5 to 1; nothing sticks out; each link leads somewhere."""
    found = browser.examined(width, *scheme)
    assert found["title"] == "pymod check: 3 modules on 3 kernels: 5 load, 1 is refused, 1 is not known."
    assert found["mode"] == "CSS1Compat"
    assert (found["articles"], found["boxes"]) == (3 + 4, 2 * 2)
    assert {name: found[name] for name in ("tooWide", "deadLinks", "loaded", "faint", "unseen", "outside")} == {
        "tooWide": 0,
        "deadLinks": [],
        "loaded": [],
        "faint": [],
        "unseen": [],
        "outside": [],
    }


def test_it_follows_the_readers_choice(browser: Browser) -> None:
    """It is light, and dark for whoever wants that."""
    assert browser.brightness() > 200
    assert browser.brightness(DARK) < 60


def test_it_can_be_printed(browser: Browser) -> None:
    """On paper it is light for everybody, and has all that is on the screen."""
    paper = browser.printed(DARK)
    assert brightness_of_pdf(paper) > 200
    words = words_of_pdf(paper)
    for row in DOCUMENT["modules"]:
        for text in (row["path"], *row["log"], *(finding["message"] for finding in row["findings"])):
            assert "".join(text.split()) in words
    assert words.count("hello_export") > 4


def test_a_wide_matrix_fits_on_paper(tmp_path: Path) -> None:
    """With a dozen kernels, the last column is on the page too."""
    browser = Browser(tmp_path)
    kernels = [{**DEBIAN_12, "name": f"distribution-{number}"} for number in range(12)]
    rows = [module(kernel, "drivers/net/ethernet/some/long/path/example.ko") for kernel in kernels]  # type: ignore[arg-type]
    browser.page.write_text(forms.written("html", of(*rows, kernels=tuple(kernels)), RULES), "utf-8")  # type: ignore[arg-type]
    assert words_of_pdf(browser.printed()).count("✓loads") == 12


def test_the_probe_finds_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    """It does not pass whatever it is shown."""
    broken = Browser(tmp_path)
    page = browser.page.read_text("utf-8")
    style = "h2{color:#ccc}h3{display:none}body{min-width:3000px}.graph text{font-size:40px}"
    broken.page.write_text(page.replace("</style>", f"{style}</style>").replace('id="kernel-1"', ""), "utf-8")
    found = broken.examined(1200)
    assert found["deadLinks"] == ["kernel-1"]
    assert found["tooWide"] > 0
    assert [text for text, _ in found["faint"]][:2] == ["Verdicts", "Kernels"]
    assert "debian-12" in found["unseen"]
    assert len(found["outside"]) == found["boxes"]
