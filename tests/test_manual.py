"""The manual pages: they say what --help says, can be set, and (in test_project.py) are installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from modtools.tools import TOOLS, load
from tools import manual

PAGES = sorted(manual.FOLDER.glob("*.1"))


def test_the_pages_are_up_to_date() -> None:
    """docs/man has a page for pymod and for each tool, made of what they say now (`make docs` writes them)."""
    assert {path.name: path.read_text("utf-8") for path in PAGES} == manual.pages()


def test_a_page_that_is_not_wanted_any_more_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing the pages again leaves no page of a tool that is gone."""
    monkeypatch.setattr(manual, "FOLDER", tmp_path)
    (tmp_path / "pymod-nothing.1").touch()
    manual.write()
    assert {path.name for path in tmp_path.iterdir()} == manual.pages().keys()


def formatted(page: Path) -> str:
    """The page as a terminal shows it, without bold; groff must not have complained."""
    words = ["groff", "-man", "-ww", "-Tascii", "-P-cbou", "-rLL=200n", str(page)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.groff
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_groff_sets_every_page_without_a_warning(page: Path) -> None:
    """With all its warnings on, groff has nothing to say, and no character is lost or left over."""
    text = formatted(page)
    assert text.count("\n") > 10
    assert not set(text) & set("\x1b\x08")


@pytest.mark.groff
@pytest.mark.parametrize("name", TOOLS)
def test_a_page_has_every_option(name: str) -> None:
    """A tool's page shows each option by all its names, and what it is for."""
    tool = load(name)
    text = " ".join(formatted(manual.FOLDER / f"pymod-{name}.1").split())
    for option in tool.options(linked=False):
        assert all(f" {word}" in text for word in option.opts)
        assert tool.describe(option)[1:].lower() in text.lower()
