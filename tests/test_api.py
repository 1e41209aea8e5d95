"""The library is what docs/api.md shows."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import modtools
from modtools import PymodError, TreeError, api, check, make_kernel, open_tree, read_module
from tests.reference import CHECKOUT
from tests.running import KO, runner


def test_the_document_shows_what_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example in docs/api.md, typed in its order, gives what stands there."""
    monkeypatch.chdir(CHECKOUT)
    assert doctest.testfile(str(CHECKOUT / "docs/api.md"), module_relative=False).failed == 0


def test_all_names_are_there() -> None:
    """What is promised can be imported, is the same in both places, and the document names it."""
    assert modtools.__all__ == api.__all__ == sorted(api.__all__)
    text = (CHECKOUT / "docs/api.md").read_text("utf-8")
    for name in modtools.__all__:
        assert getattr(modtools, name) is getattr(api, name)
        assert (
            name in ("Severity", "Kernel", "ModuleTree", "Closure", "Verdict")
            or f"`{name}" in text
            or f" {name}" in text
        )
    with pytest.raises(AttributeError, match="nosuch"):
        modtools.nosuch  # noqa: B018


def test_importing_it_costs_nothing() -> None:
    """`import modtools` imports no other module of pymod."""
    code = "import sys, modtools; print([name for name in sys.modules if name.startswith('modtools.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


ODD = ("", "/nosuch", ".", "/dev/null", "a\0b", "x[", "\ud800", "-", "x" * 5000, "a\nb", "[]", "symbol:", "\x1b")
"""Words that name nothing, or nothing of the kind that is asked for."""


@pytest.mark.parametrize("word", ODD, ids=lambda word: ascii(word[:9]))
def test_odd_words_are_a_documented_error(word: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever word a function gets, it answers, or raises a PymodError in one line."""
    folder = tmp_path / "lib/modules/6.1.0-56-amd64"
    folder.mkdir(parents=True)
    (folder / "hello_export.ko").write_bytes((KO / "hello_export.ko").read_bytes())
    assert runner(capfd)("depmod", "-b", str(tmp_path), "6.1.0-56-amd64")[2] == 0
    tree, kernel = open_tree(folder), make_kernel("debian-12")
    calls: list[Callable[[], object]] = [
        lambda: read_module(word),
        lambda: make_kernel(word),
        lambda: make_kernel("debian-12", word),
        lambda: open_tree(word),
        lambda: open_tree(folder, root=word),
        lambda: tree.find(word),
        lambda: tree.path(word),
        lambda: tree.dependencies(word),
        lambda: tree.closure(word),
        lambda: tree.closure(aliases=[word]),
        lambda: check(word, kernel=kernel),
        lambda: check(word, kernel=kernel, tree=tree),
        lambda: check("hello_export", kernel=kernel, tree=tree, args={word: "a=1"}),
        lambda: check("hello_export", kernel=kernel, tree=tree, args={"hello_export": word}),
    ]
    for call in calls:
        with suppress(PymodError):
            call()
    for call in (calls[0], calls[3], calls[6], calls[7], calls[12]):
        with pytest.raises(PymodError):
            call()


def test_a_tree(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A tree with an index is opened, and knows names, files, dependencies; modules of it are checked by name."""
    folder = tmp_path / "lib/modules/6.1.0-56-amd64"
    folder.mkdir(parents=True)
    for name in ("hello_export", "hello_use_export"):
        (folder / f"{name}.ko").write_bytes((KO / f"{name}.ko").read_bytes())
    with pytest.raises(TreeError, match="pymod depmod"):
        open_tree(folder)
    assert runner(capfd)("depmod", "-b", str(tmp_path), "6.1.0-56-amd64")[2] == 0
    tree = open_tree(folder)
    assert tree.find("hello-use-export") == ["hello_use_export"]
    assert tree.path("hello_export") == str(folder / "hello_export.ko")
    assert tree.dependencies("hello_use_export") == ["hello_export"]
    with pytest.raises(TreeError, match="no module nosuch"):
        tree.dependencies("nosuch")
    (row,) = check("hello_use_export", tree=tree, kernel=make_kernel("debian-12"))
    assert (row.verdict, row.order) == ("loads", ("hello_export", "hello_use_export"))
    assert {file.kind for file in tree.closure("hello_use_export").files} >= {"module"}
