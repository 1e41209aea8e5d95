"""Expressions of depmod.d for versions of the kernel: glibc's, as kmod 34 takes them, and none that has no end."""

from __future__ import annotations

import random
import time
import warnings
from pathlib import Path

import pytest

from modtools.errors import FormatError
from modtools.formats.posixregex import TooLong, search
from tests.depmod_trees import Tree, both

PIECES = r"""a b 4 6 1 . - _ = , * + ? ( ) | [ ] ^ $ \ { } [^a] [a-c] [- [a- -] [: :] [. .] {2} {1,2} {,2} {0} {1,}
 --- [%--] 0- 56 a** \n \q {1\,2} {\0} \1 \2 \w \W \s \S \b \B \< \> \. \` \' (a) (a*) (a|b) 6\.1 amd64 [[:digit:]]
 [[:alpha:]] [[:word:]] [[.4.]] [[=a=]] [[.a.]-c]""".split()
RELEASES = ("6.1.0-56-amd64", "4.4", "1.2.3", "6.1aab", "4.4ba_b", "6.1a-]", "6.1{2}", "4.4^a$", "1.6ab,4")


def expression(dice: random.Random) -> str:
    """An expression of a few pieces, or what is none."""
    return "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 8)))


@pytest.mark.kmod
@pytest.mark.parametrize("seed", range(len(RELEASES)))
def test_expressions_fit_as_for_kmod(
    seed: int, kmod_tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of any 600 expressions those fit a release that fit it for kmod, and Python has no warning about any."""
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    dice = random.Random(seed)
    tree = Tree(tmp_path / "root", RELEASES[seed]).put("extra", "hello_export").order()
    words = [expression(dice) for _ in range(600)]
    config = tmp_path / "depmod.conf"
    lines = (dice.choice((f"override hello_export {word} x", f"external {word} /nowhere")) for word in words)
    config.write_text("".join(f"{line}\n" for line in lines))
    ours, theirs = both(kmod_tools, tree, tmp_path, "-vv", "-n", "-C", str(config))
    assert ours.differences(theirs) == []
    assert 300 < theirs.errors.count(b"did not match") < 600


def test_a_matched_expression_counts() -> None:
    """What fits is found, what does not is not; the two differ in one character."""
    assert search("^6[.]1[.][[:digit:]]+-(a|b)?amd64$", "6.1.0-amd64")
    assert not search("^6[.]1[.][[:digit:]]+-(a|b)?amd64$", "6.1.0_amd64")


HOSTILE = (
    "(" * 3000 + ")" * 3000,
    "(" * 100 + "a" + ")*" * 100,
    "((((a{1000}){1000}){1000}){1000})b",
    "(((a{0,30000}){0,30000}){0,30000}){0,30000}b",
    "(a|aa)*" * 300 + "b",
    "(a*)*" * 300 + "b",
    "(a*)(a*)(a*)(a*)(a*)(a*)(a*)(a*)(a*)\\1\\2\\3\\4\\5\\6\\7\\8\\9b",
    "(((a*)\\3)*)*\\2b",
    "(\\b|a)*" * 300 + "b",
    "[" * 4000,
    "a" + "{1}" * 1300,
    "|" * 4000,
)


@pytest.mark.parametrize("expression", HOSTILE, ids=range(len(HOSTILE)))
def test_every_expression_has_an_end(expression: str) -> None:
    """An expression that was made to take for ever is answered, or given up, in a second."""
    start = time.process_time()
    try:
        assert search(expression, "a" * 64) in (True, False)
    except TooLong:
        pass
    except FormatError:
        assert expression.startswith(("[", "("))
    assert time.process_time() - start < 2


def test_what_was_given_up_is_told(tmp_path: Path) -> None:
    """A line whose expression takes too long does not count, and depmod says so."""
    from modtools.notes import Note
    from modtools.tree.depmod_config import read

    config = tmp_path / "depmod.conf"
    config.write_text(f"override m {HOSTILE[6]} x\n")
    notes: list[Note] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read([str(config)], "a" * 64, notes).overrides == ()
    assert "takes too long" in notes[0].text
