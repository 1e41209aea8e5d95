"""modprobe and modinfo on the module trees of other architectures and releases, beside kmod 34's.

As many as are on this machine: big endian and little, 32 bits and 64, raw and compressed.
"""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from tests import reference
from tests.beside_kmod import Both, side_by_side
from tests.tools.test_modprobe import concrete

pytestmark = [pytest.mark.kmod, pytest.mark.trees, pytest.mark.slow]

SAMPLE = 25
ALIASES = 500


@pytest.fixture
def both(kmod_tools: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Both:
    """Runs pymod and kmod."""
    return side_by_side(kmod_tools, capfdbinary)


@pytest.fixture(scope="module", params=reference.MODULE_TREES)
def tree(request: pytest.FixtureRequest, kmod_tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a module tree below another root, indexed by the reference."""
    name: str = request.param
    source = reference.module_trees() / name
    if not source.is_dir():
        pytest.skip(f"tests/reference/module-trees {name} was not run")
    (original,) = (source / "lib/modules").iterdir()
    root = tmp_path_factory.mktemp(name)
    subprocess.run([str(kmod_tools / "depmod"), "-b", str(source), "-o", str(root), original.name], check=True)
    folder = root / "lib/modules" / original.name
    (folder / "kernel").symlink_to(original / "kernel")
    (folder / "modules.builtin.modinfo").symlink_to(original / "modules.builtin.modinfo")
    return folder


def modules(tree: Path) -> list[Path]:
    """All its modules by their paths in the tree's own folder."""
    found = sorted((tree / "kernel").resolve().rglob("*.ko*"))
    assert len(found) > 2000
    return found


def common(tree: Path) -> list[str]:
    """Options of modprobe that name the tree, and no configuration."""
    return ["-d", str(tree.parents[2]), "-S", tree.name, "-C", "/nonexistent"]


def test_dependencies(tree: Path, both: Both) -> None:
    """-D for every module."""
    names = [path.name.split(".")[0] for path in modules(tree)]
    ours, theirs = both("modprobe", [*common(tree), "-a", "-D", *names])
    assert theirs.output.count(b"\n") > len(names)
    assert ours == theirs


@pytest.mark.parametrize("question", ["-R", "-D"])
def test_aliases(question: str, tree: Path, both: Both) -> None:
    """What devices call for."""
    choice = random.Random(7)
    lines = (tree / "modules.alias").read_text().splitlines()[1:]
    aliases = [concrete(line.split()[1], choice) for line in choice.sample(lines, ALIASES)]
    ours, theirs = both("modprobe", [*common(tree), "-a", question, *aliases])
    assert theirs.output.count(b"\n") > ALIASES / 2
    assert ours == theirs


def test_fields(tree: Path, both: Both) -> None:
    """modinfo of every file, of every fourth where that means to unpack it, and of what is compiled in."""
    files = modules(tree)
    files = files if files[0].suffix == ".ko" else files[::4]
    ours, theirs = both("modinfo", [str(file) for file in files])
    assert theirs.output.count(b"\nvermagic:") == len(files)
    assert ours == theirs
    lists = (tree / "kernel").resolve().parent / "modules.builtin"
    inside = [Path(line).stem for line in lists.read_text().splitlines()]
    ours, theirs = both("modinfo", ["-b", str(tree.parents[2]), "-k", tree.name, *inside])
    assert theirs.output.count(b"(builtin)") > 50
    assert ours == theirs


@pytest.mark.parametrize("what", ["--show-exports", "--dump-modversions"])
def test_symbols(what: str, tree: Path, both: Both) -> None:
    """The CRCs that some of its files offer and want."""
    found = 0
    for file in random.Random(8).sample(modules(tree), SAMPLE):
        ours, theirs = both("modprobe", [what, str(file)])
        found += theirs.output.count(b"0x")
        assert ours == theirs, file
    assert found
