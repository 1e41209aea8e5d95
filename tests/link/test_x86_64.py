"""Modules are linked as Linux links them: the processor finds what the relocations point to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modtools.emulate.runner import EmulatedRunner
from modtools.formats.elf import ElfFile
from modtools.kernel.module.load import insert
from modtools.kernel.state import Kernel
from modtools.link.x86_64 import RELOCATIONS
from modtools.module import read_module
from modtools.store import Store
from tests.reference import CHECKOUT, RELEASE

IMAGE = (CHECKOUT / "tests/relocations/relocations.ko").read_bytes()


def fresh(folder: Path) -> Kernel:
    """A kernel just booted."""
    return Store(folder / "state.json").default()


def test_the_program_has_every_type() -> None:
    """The module that is executed below uses each relocation in the table."""
    elf = ElfFile.open(IMAGE)
    found = {kind for section in elf.sections for _, kind, _, _ in elf.relocations(section)}
    assert found == RELOCATIONS.rules.keys()


def test_the_processor_finds_what_each_type_points_to(tmp_path: Path) -> None:
    """Machine code reaches the same function by every type of relocation, at the address that kallsyms has."""
    pytest.importorskip("unicorn")
    kernel = fresh(tmp_path)
    kernel.runner = EmulatedRunner(kernel, isolated=False)
    symbols = {name: address for address, _, name in insert(kernel, IMAGE).details.symbols}
    target = f"{symbols['target']:016x}"
    printed = dict(re.findall(r"(R_X86_64_\w+) (\w+)", "\n".join(r.text for r in kernel.log.readable())))
    assert printed == {
        **dict.fromkeys(("R_X86_64_64", "R_X86_64_32S", "R_X86_64_PC32", "R_X86_64_PC64"), target),
        "R_X86_64_PLT32": "42",
        "R_X86_64_32": "89abcdef",
    }


@pytest.mark.debian
@pytest.mark.slow
def test_all_of_debians_modules_link(tmp_path: Path, debian_tree: Path) -> None:
    """Every module of Debian's tree is loaded and linked into one kernel, dependencies first."""
    folder = debian_tree / "lib/modules" / RELEASE
    paths = {path.stem.replace("-", "_"): path for path in folder.glob("kernel/**/*.ko")}
    kernel = fresh(tmp_path)

    def load(name: str) -> None:
        if name not in kernel.modules:
            for other in filter(None, (read_module(paths[name]).info("depends") or "").split(",")):
                load(other.replace("-", "_"))
            insert(kernel, paths[name].read_bytes())

    for name in paths:
        load(name)
    assert len(kernel.modules) == len(paths) > 4000
