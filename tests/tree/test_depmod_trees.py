"""depmod on the module trees of Debian: five architectures, both byte orders, 32 and 64 bits, raw and compressed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import reference
from tests.beside_kmod import copied_debian_tree
from tests.depmod_trees import INDEX_FILES, files_in, pymod
from tests.reference import RELEASE

pytestmark = [pytest.mark.kmod, pytest.mark.slow]

MODALIASES = 2000


def compare(root: Path, release: str, kmod_tools: Path, aside: Path) -> None:
    """Both depmods, pymod's also with nothing in its memory and with all."""
    words = ["-b", str(root), "-o", str(aside), release]
    folder = aside / "lib/modules" / release

    def files(done: subprocess.CompletedProcess[bytes]) -> dict[str, bytes]:
        assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)
        found = files_in(folder)
        shutil.rmtree(folder)
        return found

    theirs = files(subprocess.run([str(kmod_tools / "depmod"), *words], capture_output=True))
    assert tuple(theirs) == INDEX_FILES
    for options in (["--no-cache"], [], []):
        ours = files(pymod(["depmod", *options, *words], called="pymod"))
        assert [name for name in theirs if ours.get(name) != theirs[name]] == []


@pytest.mark.debian
def test_amd64(debian_tree: Path, kmod_tools: Path, tmp_path: Path) -> None:
    """The tree of Debian 12 for amd64 has kmod's index, byte for byte."""
    compare(debian_tree, RELEASE, kmod_tools, tmp_path)


@pytest.mark.trees
@pytest.mark.parametrize("name", reference.MODULE_TREES)
def test_other_trees(name: str, kmod_tools: Path, tmp_path: Path) -> None:
    """So have the trees of other architectures and of the next release, as many as are on this machine."""
    root = reference.module_trees() / name
    if not root.is_dir():
        pytest.skip(f"tests/reference/module-trees {name} was not run")
    (release,) = (path.name for path in (root / "lib/modules").iterdir())
    compare(root, release, kmod_tools, tmp_path)


def concrete(pattern: str, number: int) -> str:
    """A text that an alias fits; the number decides what stands for its wildcards."""
    text = re.sub(r"\[(.)[^\]]*\]", r"\1", pattern)
    return text.replace("*", f"{number:02X}" * (number % 3)).replace("?", "x")


@pytest.mark.debian
def test_the_real_modprobe_reads_our_index(debian_tree: Path, kmod_tools: Path, tmp_path: Path) -> None:
    """modprobe answers from pymod's index as from kmod's: for every module, 2000 modaliases, and the configuration."""
    folder = copied_debian_tree(debian_tree, tmp_path)
    modprobe = [str(kmod_tools / "modprobe"), "-d", str(tmp_path), "-S", RELEASE, "-C", "/nonexistent"]

    def answers() -> list[bytes]:
        aliases = [line.split()[1] for line in (folder / "modules.alias").read_text().splitlines()[1:]]
        chosen = [concrete(alias, number) for number, alias in enumerate(aliases[:: len(aliases) // MODALIASES])]
        names = [
            line.split(":")[0].rpartition("/")[2][:-3] for line in (folder / "modules.dep").read_text().splitlines()
        ]
        questions = (["-a", "-D", *names], ["-a", "-R", *chosen], ["-c"])
        return [subprocess.run([*modprobe, *words], capture_output=True).stdout for words in questions]

    subprocess.run([str(kmod_tools / "depmod"), "-b", str(tmp_path), RELEASE], check=True)
    theirs = answers()
    for name in INDEX_FILES:
        (folder / name).unlink()
    assert pymod(["-b", str(tmp_path), RELEASE]).returncode == 0
    assert answers() == theirs
    assert [answer.count(b"\n") > 2000 for answer in theirs] == [True, True, True]
