"""What modules tell of their kernel is true of it, whichever of them are there."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from modtools import profiles
from modtools.sources import PartialIdentity, merge, of_profile
from modtools.sources.modules import from_tree
from tests.reference import RELEASE
from tests.running import KO

PROFILE = profiles.load()
NEXT = "6.1.0-57-amd64"
"""A release of as many letters, for a kernel of which nothing else is known."""


def tree_of(paths: Iterable[Path], folder: Path, release: str = RELEASE) -> Path:
    """A tree of these modules, built for a kernel of this release."""
    folder.mkdir(parents=True)
    for path in paths:
        (folder / path.name).write_bytes(path.read_bytes().replace(RELEASE.encode(), release.encode()))
    return folder


def ours() -> list[Path]:
    """The modules of the recordings that fit together."""
    return sorted(path for path in KO.glob("*.ko") if path.stem not in ("unknown_syms", "dup_export"))


def from_paths(paths: Iterable[Path], folder: Path, release: str = NEXT) -> PartialIdentity:
    """What a tree of these modules tells."""
    return from_tree(tree_of(paths, folder, release))


def assert_the_kernels(partial: PartialIdentity) -> None:
    """All its symbols are exported by the kernel itself, with the same CRCs."""
    found = partial.symbols or {}
    truth = {symbol.name: symbol for symbol in PROFILE.exports}
    assert found
    assert {name: symbol.crc for name, symbol in found.items()} == {name: truth[name].crc for name in found}


@pytest.mark.parametrize("seed", range(8))
def test_a_tree_is_never_wrong_about_its_kernel(tmp_path: Path, seed: int) -> None:
    """Whichever modules are missing from a tree, no symbol of another module is taken for the kernel's."""
    some = random.Random(seed).sample(ours(), 30)
    assert_the_kernels(from_paths(some, tmp_path / NEXT))


@pytest.mark.debian
@pytest.mark.parametrize("seed", range(3))
def test_debians_tree_is_never_wrong_about_its_kernel(tmp_path: Path, debian_tree: Path, seed: int) -> None:
    """The same for a hundred of Debian's modules, most of whose exporters are missing."""
    modules = sorted((debian_tree / "lib/modules" / RELEASE / "kernel").rglob("*.ko"))
    assert_the_kernels(from_paths(random.Random(seed).sample(modules, 100), tmp_path / NEXT))


def test_what_a_missing_module_may_export_is_said(tmp_path: Path) -> None:
    """Its users' symbols are the kernel's only if another module, whose exporters are all there, needs them."""
    partial = from_paths([KO / "hello_use_export.ko"], tmp_path / NEXT)
    assert not partial.symbols
    assert "may be exported by modules that are not in" in partial.notes[0]
    assert "(hello_export): they are not taken for the kernel's" in partial.notes[0]
    whole = from_paths([KO / "hello_use_export.ko", KO / "hello_export.ko"], tmp_path / "whole" / NEXT)
    assert whole.notes == ()
    assert "hello_export" not in (whole.symbols or {})
    assert "_printk" in (whole.symbols or {})


def test_a_whole_list_rules(tmp_path: Path) -> None:
    """A source that knows all symbols says of all others that the kernel does not export them."""
    inferred = from_paths(ours(), tmp_path / NEXT)
    whole = of_profile(PROFILE)
    for both in (merge(inferred, whole), merge(whole, inferred)):
        assert (both.symbols or {}).keys() == (whole.symbols or {}).keys()
        assert both.symbols == whole.symbols


def test_modules_of_another_kernel_do_not_count(tmp_path: Path) -> None:
    """Most of a tree decide which kernel it is for; what the others need is not taken for this kernel's."""
    tree = tree_of(ours()[:20], tmp_path / NEXT, NEXT)
    data = (KO / "unknown_syms.ko").read_bytes()
    (tree / "old.ko").write_bytes(data.replace(RELEASE.encode(), b"5.9.0-99-amd64"))
    partial = from_tree(tree)
    assert partial.release == NEXT
    assert any("1 of the modules" in note and "are for another kernel" in note for note in partial.notes)
    assert not {name for name in partial.symbols or {} if PROFILE.exports.get(name) is None}
