"""Odd trees and configurations beside kmod 34: many built-in modules of an alias, labels twice, folders for files."""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from modtools import cli
from tests.beside_kmod import Both, side_by_side
from tests.depmod_trees import RELEASE, Tree
from tests.depmod_trees import both as both_depmods

pytestmark = pytest.mark.kmod
TEXTS = ("al-x", "al-y", "pci:v1d2", "b1", "none")
PATTERNS = ("al-*", "al-x", "al-?", "al-[xy]", "pci:v*d*", "pci:v1d2", "*", "b1")
INDEXES = ("dep", "alias", "symbols", "builtin", "builtin.alias")


@pytest.fixture
def both(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """Runs a tool of pymod and kmod's."""
    return side_by_side(kmod_tools, capfdbinary)


def built_in(tree: Tree, dice: random.Random) -> Tree:
    """A tree with built-in modules that share aliases, and modules that have some of the same."""
    names = [f"b{number}" for number in range(6)]
    tree.put("extra", "alias_mod", "alias_mod2", "hello_export").order()
    tree.write("modules.builtin", "".join(f"kernel/{name}.ko\n" for name in names))
    aliases = (f"{dice.choice(names)}.alias={dice.choice(PATTERNS)}\0" for _ in range(14))
    return tree.write("modules.builtin.modinfo", "".join(aliases) + "".join(f"{name}.license=GPL\0" for name in names))


def questions(tree: Tree) -> Iterator[tuple[str, list[str]]]:
    """What to ask about a tree: tool and words."""
    place = ["-d", str(tree.root), "-S", RELEASE, "-C", "/nonexistent"]
    for text in TEXTS:
        yield from (("modprobe", [*place, *options, text]) for options in (["-R"], ["-D"], ["-nv"], ["-nr"]))
        for options in ([], ["-m"], ["-F", "name"]):
            yield "modinfo", ["-b", str(tree.root), "-k", RELEASE, *options, text]


@pytest.mark.parametrize("seed", range(5))
def test_an_alias_of_several_built_in_modules(seed: int, both: Both, kmod_tools: Path, tmp_path: Path) -> None:
    """modprobe and modinfo list the modules of an alias each in its own order, also where an index is in the way."""
    dice = random.Random(seed)
    tree = built_in(Tree(tmp_path / "root"), dice)
    target = tmp_path / "theirs/lib/modules" / RELEASE
    ours, theirs = both_depmods(kmod_tools, tree, tmp_path)
    assert ours.differences(theirs) == []
    for path in target.iterdir():
        shutil.move(path, tree.folder)
    if seed:
        file = tree.folder / f"modules.{INDEXES[seed % 5]}.bin"
        file.unlink()
        if dice.random() < 0.5:
            file.mkdir()
    for tool, words in questions(tree):
        mine, kmods = both(tool, words)
        assert mine == kmods, (tool, words)


@pytest.mark.parametrize("seed", range(3))
def test_any_labels_of_soft_dependencies(seed: int, both: Both, tmp_path: Path) -> None:
    """Any words in softdep and weakdep lines, labels twice and out of place, are shown as by kmod."""
    dice = random.Random(seed)
    words = ["pre:", "post:", "pre:", "post:", "a", "b", "c-d", "e_f", "pre", ":", "weak:"]
    kinds = ["softdep", "softdep", "weakdep"]
    blanks = [" ", " ", " ", "  ", "\t"]
    lines = []
    for number in range(300):
        rest = "".join(dice.choice(blanks) + dice.choice(words) for _ in range(dice.randint(0, 9)))
        lines.append(f"{dice.choice(kinds)} m{number}{rest}\n")
    (tmp_path / "any.conf").write_text("".join(lines))
    mine, kmods = both("modprobe", ["-d", str(tmp_path), "-S", RELEASE, "-C", str(tmp_path / "any.conf"), "-c"])
    # The words of the kernel's command line are those of another kernel.
    shown = [[line for line in each.output.splitlines() if not line.startswith(b"options")] for each in (mine, kmods)]
    assert shown[0] == shown[1]
    assert (mine.errors, mine.status) == (kmods.errors, kmods.status)


@pytest.mark.parametrize("name", ["modules.order", "modules.builtin", "modules.builtin.modinfo"])
def test_a_folder_for_a_file_of_the_kernel(name: str, both: Both, kmod_tools: Path, tmp_path: Path) -> None:
    """Where a file that depmod reads is a folder there is nothing in it, or one index is not written: as for kmod."""
    tree = built_in(Tree(tmp_path / "root"), random.Random(name))
    tree.remove(name)
    (tree.folder / name).mkdir()
    for _ in range(2):
        ours, theirs = both_depmods(kmod_tools, tree, tmp_path)
        assert ours.differences(theirs) == []
        assert ours.status == int("modinfo" in name)
    for path in (tmp_path / "theirs/lib/modules" / RELEASE).iterdir():
        shutil.move(path, tree.folder)
    for tool, words in questions(tree):
        mine, kmods = both(tool, words)
        assert mine == kmods, (tool, words)


SPOKEN: tuple[tuple[str, list[str]], ...] = (
    ("rmmod", ["nosuch"]),
    ("rmmod", ["nosuch", "nor-such"]),
    ("rmmod", []),
    ("insmod", ["/nonexistent/a.ko"]),
    ("insmod", ["/"]),
    ("insmod", []),
    ("insmod", ["-"]),
    ("lsmod", ["word"]),
)


@pytest.mark.parametrize("verbose", ["", "-v", "-vv", "-vvv", "-vvvv"])
def test_what_libkmod_says_of_itself(verbose: str, both: Both) -> None:
    """From -vvv on rmmod, insmod and lsmod tell when libkmod is taken up and let go, where kmod does, and else not."""
    for tool, words in SPOKEN:
        mine, kmods = both(tool, [*verbose.split(), *words])
        assert mine == kmods, (tool, words)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="chroot(2) is for root")
@pytest.mark.parametrize("verbose", ["", "-vvv"])
def test_lsmod_without_proc(verbose: str, kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Where no /proc is mounted lsmod says what kmod's says in a root without one."""
    root = kmod_tools.parent / "root"
    (loader,) = root.glob("usr/lib/*/ld-linux-x86-64.so.2")
    command = [f"/{loader.relative_to(root)}", "--argv0", "lsmod", "/usr/bin/kmod", *verbose.split()]
    theirs = subprocess.run(["chroot", str(root), *command], capture_output=True)
    assert cli.main(["pymod", "umount", "/proc"]) == 0
    capfdbinary.readouterr()
    status = cli.main(["/usr/sbin/lsmod", *verbose.split()])
    output, errors = capfdbinary.readouterr()
    addresses = re.compile(rb"0x[0-9a-f]+")
    assert (output, addresses.sub(b"0x", errors), status) == (
        theirs.stdout,
        addresses.sub(b"0x", theirs.stderr),
        theirs.returncode,
    )


FORMS: tuple[list[str], ...] = ([], ["-e"], ["-w"], ["-A"], ["-A", "-e"], ["-v"])
SYMBOLS = (
    "-F {good}",
    "-F {missing}",
    "-F {folder}",
    "-E {folder}",
    "-E {good}",
    "-E {missing}",
    "-E {good} -F {good}",
    "",
)
OPERANDS: tuple[list[str], ...] = (
    [],
    ["{module}"],
    ["relative.ko"],
    ["{missing}.ko"],
    ["{module}", "{module}"],
    ["{folder}"],
    ["{text}"],
)


@pytest.mark.parametrize("seed", range(3))
def test_any_options_together(seed: int, kmod_tools: Path, tmp_path: Path) -> None:
    """Symbols of the kernel, -A, -e and named files say together what kmod says, whichever of them is wrong."""
    tree = Tree(tmp_path / "root").put("extra", "chain_a", "chain_b", "hello_use_export").order()
    tree.write("text.ko", "no module").write("map", "ffffffff81000000 T _printk\n").write("folder/x", "")
    names = {
        "good": tree.folder / "map",
        "missing": tree.folder / "nothing",
        "folder": tree.folder / "folder",
        "module": tree.folder / "extra/chain_a.ko",
        "text": tree.folder / "text.ko",
    }
    every = [*itertools.product(FORMS, SYMBOLS, OPERANDS)]
    for options, symbols, operands in random.Random(seed).sample(every, 15):
        words = [*options, *symbols.format(**names).split()]
        given = [operand.format(**names) for operand in operands]
        ours, theirs = both_depmods(kmod_tools, tree, tmp_path, *words, operands=given)
        assert ours.differences(theirs) == [], (words, given)
