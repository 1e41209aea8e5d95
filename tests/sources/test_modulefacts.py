"""What one module tells, read in a few sections, against reading it whole."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from modtools.sources import modulefacts, opened
from modtools.sources.modulefacts import Facts, row_in_file, row_of
from tests.reference import CHECKOUT, RELEASE, RELEASE_13, debian13_tree, debian_tree
from tests.running import KO

SAMPLES = sorted({path for place in (KO, CHECKOUT / "tests/data") for path in place.rglob("*.ko*")})
DAMAGED = {"bad/no_symtab.ko", "bad/bad_symtab_link.ko"}
"""Modules whose exports libkmod finds by their CRCs, and whose symbol table the kernel refuses."""


def whole(path: Path) -> modulefacts.Row:
    """What a module tells that is read whole."""
    return row_of(str(path), partial(opened, path))


def test_every_sample_tells_the_same_either_way() -> None:
    """Modules of several machines, byte orders and kernels, good and damaged ones."""
    different = {path.relative_to(KO).as_posix() for path in SAMPLES if row_in_file(str(path)) != whole(path)}
    assert different == DAMAGED
    assert all(isinstance(whole(KO / name), str) for name in DAMAGED)


def test_most_samples_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with CRCs is not read whole, whether it exports something or not, packed or not."""
    monkeypatch.setattr(modulefacts, "row_of", lambda path, _: path)
    for name in ("hello_export.ko", "chain_c.ko", "alias_mod.ko"):
        row = row_in_file(str(KO / name))
        assert not isinstance(row, str), row
        assert Facts(*row).wanted


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_module_tells_what_is_in_it(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    """And one whose packing is damaged is named, with the reason."""
    path = tmp_path / "hello_export.ko"
    packed = pack((KO / "hello_export.ko").read_bytes())
    path.write_bytes(packed)
    assert row_in_file(str(path)) == whole(KO / "hello_export.ko")
    path.write_bytes(packed[:-30])
    row = row_in_file(str(path))
    assert isinstance(row, str)
    assert row.startswith(f"{path} is no module, or is damaged: damaged ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "tree",
    [
        pytest.param(lambda: debian_tree() / "lib/modules" / RELEASE, marks=pytest.mark.debian),
        pytest.param(lambda: debian13_tree() / "usr/lib/modules" / RELEASE_13, marks=pytest.mark.debian13),
    ],
)
def test_debians_modules_tell_the_same_either_way(tree: Callable[[], Path]) -> None:
    """All of a tree."""
    paths = sorted(tree().rglob("*.ko*"))
    assert len(paths) > 4000
    assert not [path for path in paths if row_in_file(str(path)) != whole(path)]


def test_a_file_that_is_none_or_gone_is_named(tmp_path: Path) -> None:
    """A folder, an empty file, one that is not there."""
    (tmp_path / "empty.ko").touch()
    for name, words in (("", "Is a directory"), ("empty.ko", "no magic number"), ("gone.ko", "No such file")):
        row = row_in_file(f"{tmp_path}/{name}")
        assert isinstance(row, str)
        assert words in row
