"""What pymod says that an image needs, beside what dracut puts into one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import beside_kmod
from tests.reference import RELEASE

pytestmark = [pytest.mark.clients, pytest.mark.kmod, pytest.mark.debian, pytest.mark.slow]

DRACUT = "/usr/lib/dracut/dracut-install"
WITH_FIRMWARE = ("brcmfmac", "r8169", "iwlwifi", "nouveau", "cxgb4")
EVERY = 12
"""Of how many modules one is compared; those with firmware are so besides."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Debian's tree, indexed by kmod 34, with firmware of all kinds for its modules: plain, packed, linked, missing."""
    from tests import reference

    root = tmp_path_factory.mktemp("closure") / "root"
    beside_kmod.indexed_debian_tree(reference.kmod_tools(), reference.debian_tree(), root)
    for number, name in enumerate(name for name in firmware(root) if "*" not in name):
        make_firmware(root / "lib/firmware", name, number)
    for name in ("brcmfmac43430-sdio.AP6212.bin", "brcmfmac43430-sdio.AP6212.txt"):
        (root / "lib/firmware/brcm" / name).touch()
    return root


def firmware(root: Path) -> list[str]:
    """All words of the tree's modules for firmware."""
    files = [str(path) for path in sorted((root / "lib/modules").rglob("*.ko"))]
    said = subprocess.run(["modinfo", "-F", "firmware", *files], capture_output=True, text=True, check=True).stdout
    return sorted(set(said.split()))


def make_firmware(folder: Path, name: str, number: int) -> None:
    """Make a file as its number says."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if number % 5 == 1:
        (folder / "real").mkdir(exist_ok=True)
        (folder / "real" / str(number)).touch()
        path.symlink_to("../" * name.count("/") + f"real/{number}")
    elif number % 5 < 4:
        path.with_name(path.name + {0: "", 2: ".xz", 3: ".zst"}[number % 5]).touch()


def dracuts(root: Path, folder: Path, names: list[str]) -> set[str]:
    """What dracut-install puts into a folder, as paths below the root; its links lead where the originals do."""
    folder.mkdir()
    tree, own = root / "lib/modules" / RELEASE, root / "lib/firmware"
    words = [DRACUT, "-D", folder, "--kerneldir", tree, "--firmwaredirs", own, "--silent", "-m", *names]
    subprocess.run(list(map(str, words)), check=True, capture_output=True)
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_symlink() or path.is_file()}
    modules = {name.removeprefix("usr/") for name in found if name.endswith(".ko")}
    return modules | {name.removeprefix(f"{str(root)[1:]}/") for name in found if "/lib/firmware/" in name}


def ours(root: Path, names: list[str]) -> set[str]:
    """What `pymod closure` lists, without configuration and what depmod reads."""
    words = [
        sys.executable,
        "-m",
        "modtools",
        "--root",
        "/",
        "closure",
        "-d",
        root,
        "-S",
        RELEASE,
        "-C",
        "/etc/modprobe.d",
    ]
    words += ["--without=config", "--without=tree", "--without=weakdeps", "-q", "-r", "--json", *names]
    said = subprocess.run(list(map(str, words)), check=True, capture_output=True, text=True).stdout
    return {file["path"] for file in json.loads(said)["files"]}


def test_dracut_installs_the_same_files(root: Path, tmp_path: Path) -> None:
    """Modules, firmware and links of some 350 modules of Debian's tree at once, and of each of a few alone."""
    lines = (root / "lib/modules" / RELEASE / "modules.dep").read_text("utf-8").splitlines()
    names = [Path(line.partition(":")[0]).stem for line in lines][::EVERY]
    for number, some in enumerate([[*names, *WITH_FIRMWARE], *([name] for name in WITH_FIRMWARE)]):
        theirs = dracuts(root, tmp_path / str(number), some)
        assert ours(root, some) == theirs
        kinds = {name.rpartition(".")[2] for name in theirs}
        assert kinds >= {"ko", "xz", "zst"} or number
