"""Sizes of modules, compared with those that a real kernel gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.link.arch import arch_of
from modtools.link.layout import lay_out
from modtools.module import read_module
from tests.reference import CHECKOUT

_SIZES = CHECKOUT / "tests/data/sizes.tsv"


@pytest.mark.debian
def test_core_sizes_equal_the_real_kernels(debian_tree: Path) -> None:
    """The Size of every module of Debian's tree that could be loaded is the real kernel's."""
    tree = debian_tree / "lib/modules/6.1.0-56-amd64"
    different = []
    for line in _SIZES.read_text().splitlines()[1:]:
        name, size = line.split("\t")
        elf = read_module(tree / name).elf
        core = lay_out(elf.sections, elf.symbols, arch_of("x86_64")).core.size
        if core != int(size):
            different.append((name, int(size), core))
    assert different == []
