"""depmod --strict: exit status 1 after anything that a person should look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.depmod_trees import KO, Tree, files_in, pymod


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree without fault."""
    return Tree(tmp_path / "root").put("kernel", "hello_export", "hello_use_export", "chain_c").order()


def strict(tree: Tree, *options: str, status: int) -> str:
    """What --strict complains of; twice, the second time by what it remembers."""
    words = ["depmod", "--strict", *options, "-b", str(tree.root), tree.release]
    answers = [pymod(words, called="pymod") for _ in range(2)]
    assert [answer.returncode for answer in answers] == [status, status]
    assert answers[0].stderr == answers[1].stderr
    assert len(files_in(tree.folder)) == 11
    return answers[0].stderr.decode()


def test_a_tree_without_fault(tree: Tree) -> None:
    """Nothing to say is nothing said, and status 0."""
    assert strict(tree, status=0) == ""


def test_unknown_symbols(tree: Tree, tmp_path: Path) -> None:
    """Symbols that neither the kernel nor a module has are told as by -e, once the kernel's are given."""
    (tmp_path / "map").write_text("0 r __ksymtab__printk\n")
    assert "hello_export.ko needs unknown symbol __fentry__" in strict(tree, "-F", str(tmp_path / "map"), status=1)


def test_versions_of_the_kernel(tree: Tree, tmp_path: Path) -> None:
    """So are CRCs that differ from the kernel's."""
    (tmp_path / "symvers").write_text("0x11111111\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n")
    said = strict(tree, "-E", str(tmp_path / "symvers"), status=1)
    assert "hello_export.ko disagrees about version of symbol _printk" in said


def test_versions_of_modules(tree: Tree) -> None:
    """And without the kernel's, CRCs that differ from those of the module that has the symbol."""
    tree.put("kernel", "bad/crc_hello_export").order()
    said = strict(tree, status=1)
    assert said.splitlines() == [
        f"depmod: WARNING: {tree.folder}/kernel/crc_hello_export.ko disagrees about version of symbol hello_export"
    ]
    assert pymod(["-b", str(tree.root), tree.release]).stderr == b""


def test_damaged_modules(tree: Tree) -> None:
    """A damaged module."""
    assert "broken.ko: Exec format error" in strict(tree.write("kernel/broken.ko", b"x" * 100).order(), status=1)


def test_duplicates(tree: Tree) -> None:
    """Two files for one module, unless depmod.d, or the rule that updates/ comes first, says which one counts."""
    tree.put("updates", "chain_c")
    assert strict(tree, status=0) == ""
    tree.put("extra", "hello_export")
    assert "hello_export.ko is passed over: " in strict(tree, status=1)


def test_duplicates_in_an_index(tree: Tree) -> None:
    """An alias that a module has twice, as with -w."""
    data = (KO / "alias_mod.ko").read_bytes().replace(b"alias=oracle_wild-*\0", b"alias=oracle-alias\0\0")
    tree.write("kernel/alias_mod.ko", data).order()
    assert "duplicate module alias:\noracle_alias alias_mod" in strict(tree, status=1)
